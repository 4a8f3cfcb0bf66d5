import { createServer } from "node:http";

export const successReply =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";

export type Received = { at: number; path: string; headers: Record<string, unknown>; body: string };
type Reply = { status?: number; body?: string; afterMs?: number };

/** What WeChat takes for a yes: alarms want a word, everything else an XML message. */
const yesAt = (path: string | undefined) => (path === "/api/alarm" ? "success" : successReply);

/** A merchant's notify_url on loopback: keeps what arrives and answers what it is told to, in order; then yes. */
export async function startReceiver(replies: Reply[] = []) {
  const received: Received[] = [];
  let wake = () => {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        at: Date.now(),
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      wake();
      const reply = replies.shift() ?? {};
      setTimeout(() => {
        response.writeHead(reply.status ?? 200, { "content-type": "text/xml" });
        response.end(reply.body ?? yesAt(request.url));
      }, reply.afterMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}/api/notify`,
    received,
    replies,
    /** Resolves when so many have arrived in all. */
    async waitFor(count: number): Promise<Received[]> {
      while (received.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return received;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
