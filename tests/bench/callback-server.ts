import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { POST } from "@/app/api/notify/route";

/** The callback function as it is, on plain node:http: what it costs without Next around it. */
createServer((request, response) => {
  serve(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.("ready"));

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await POST(
    new Request(`http://127.0.0.1${request.url}`, {
      method: "POST",
      headers: request.headers as Record<string, string>,
      body: Readable.toWeb(request) as ReadableStream<Uint8Array>,
      duplex: "half",
    } as RequestInit),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}
