import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { POST } from "@/app/api/notify/route";

/** The callback function as it is, on plain node:http: what it costs without Next around it. */
process.once("SIGINT", () => process.exit(0));
createServer((request, response) => {
  serve(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.("ready"));

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = request.headers as Record<string, string>;
  const init = { method: "POST", headers, body: bodyOf(request), duplex: "half" };
  const answer = await POST(new Request(`http://127.0.0.1${request.url}`, init as RequestInit));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}

/** Half the cost of `Readable.toWeb`, which a stranger's slow body would need and our own load does not. */
function bodyOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      request.on("data", (chunk: Buffer) => controller.enqueue(chunk));
      request.once("end", () => controller.close());
      request.once("error", (error) => controller.error(error));
    },
  });
}
