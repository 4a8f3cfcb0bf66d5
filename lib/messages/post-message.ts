import { fetch } from "undici";
import { errorCode } from "@/lib/http/error-facts";

const timeoutMs = 5000;
const largestAnswerBytes = 16 * 1024; // Theirs have a hundred bytes.

/**
 * Posts a text to a group's robot and answers what went wrong, null when it was taken. The address is a secret and
 * stands in no answer. 企业微信 and DingTalk take the same JSON and refuse in it, with HTTP 200 and an `errcode`.
 * Source: 企业微信 "群机器人配置说明", DingTalk "自定义机器人接入".
 */
export async function postMessage(url: string, text: string): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", "user-agent": "zhanggui" },
      body: JSON.stringify({ msgtype: "text", text: { content: text } }),
      redirect: "manual", // Wherever it pointed to would be told our secret.
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = await readBounded(response.body);
    if (response.status !== 200) return `HTTP ${response.status}`;
    return answer === null ? "the answer is too large" : refusalIn(answer);
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return "TIMEOUT";
    return errorCode(error) || "the connection failed"; // The message may quote the address.
  }
}

async function readBounded(stream: AsyncIterable<Uint8Array> | null): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    if (bytes > largestAnswerBytes) return null; // Leaving the loop cancels the stream.
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Only the number: their text quotes the address's key and ours. */
function refusalIn(answer: string): string | null {
  try {
    const code: unknown = JSON.parse(answer)?.errcode;
    return code === undefined || code === 0 ? null : `errcode ${String(code).slice(0, 20)}`;
  } catch {
    return null; // A relay of the merchant's own may answer anything.
  }
}
