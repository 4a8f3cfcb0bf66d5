import { request } from "undici";
import type { Notification } from "@/lib/sandbox/ledger/notifications";
import type { Try } from "@/lib/sandbox/ledger/tries";
import { notificationKinds } from "@/lib/sandbox/notify/kinds";

const answerTimeoutMs = 5_000; // WeChat's own patience.
const answerLimit = 64 * 1024;

/** Sends one copy to the merchant, as WeChat's servers do, and says what came back. Never throws. */
export async function sendNotification(
  notification: Pick<Notification, "kind" | "url" | "body">,
): Promise<Omit<Try, "at">> {
  const started = performance.now();
  const tookMs = () => performance.now() - started;
  const kind = notificationKinds[notification.kind];
  try {
    const signal = AbortSignal.timeout(answerTimeoutMs); // Over the whole exchange, the body included.
    const response = await request(notification.url, {
      method: "POST",
      headers: {
        "user-agent": "Mozilla/4.0",
        accept: "*/*",
        "content-type": kind.contentType,
        pragma: "no-cache",
      },
      body: notification.body,
      signal,
    });
    const body = await readText(response.body);
    const accepted = kind.accepts({ status: response.statusCode, body });
    return {
      tookMs: tookMs(),
      outcome: accepted ? "accepted" : "refused",
      httpStatus: response.statusCode,
      answer: body,
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    const answer = error instanceof Error ? error.message : String(error);
    return { tookMs: tookMs(), outcome: timedOut ? "timeout" : "unreachable", httpStatus: null, answer };
  }
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > answerLimit) throw new Error(`the answer is longer than ${answerLimit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8"); // Unlike TextDecoder it keeps a BOM, which must not pass.
}
