import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import pino from "pino";
import { withAnswer } from "@/lib/http/answer-status";
import { socketAddressHeader } from "@/lib/http/client-address";
import { drainAfterAnswer } from "@/scripts/serve/drain-request";
import { stopGently, trackResponses } from "@/scripts/serve/stop-gently";

const log = pino({ name: "server", level: process.env.LOG_LEVEL || "info" });
const port = Number(process.env.PORT || 3000);
const dev = process.argv.includes("--dev");

const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const callbacks = /^\/+(api\/(?:notify|notify\/refund|alarm))\/*(?=$|\?)/;

const server = createServer({ keepAlive: true });
server.keepAliveTimeout = 65_000; // Longer than the 60 s after which common proxies drop an idle connection.
server.headersTimeout = 70_000; // Node wants it above keepAliveTimeout.
server.requestTimeout = 90_000;

const responses = trackResponses(server);
const app = next({ dev, port, httpServer: server });
const handle = app.getRequestHandler();

server.on("request", (request: IncomingMessage, response: ServerResponse) => {
  // Set from the socket here and nowhere else: what a client sends under this name is thrown away.
  request.headers[socketAddressHeader] = request.socket.remoteAddress ?? "";
  drainAfterAnswer(request, response);
  if (!knownMethods.has(request.method ?? "")) return refuseMethod(request, response);
  if (!isDecodable(request.url ?? "")) return void response.writeHead(400).end();
  request.url = request.url?.replace(callbacks, "/$1"); // With a slash too many they are still the callbacks.
  withAnswer(response, () => handle(request, response)).catch((error) => {
    log.error({ err: error, method: request.method, path: request.url?.split("?")[0] }, "request failed");
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});

server.once("error", (error: NodeJS.ErrnoException) => {
  log.fatal({ code: error.code, port }, "cannot listen");
  process.exit(error.code === "EADDRINUSE" ? portInUse : 1);
});

/** What the supervisor reads as "nothing that a restart would mend". */
const portInUse = 98;

await app.prepare();
if (process.send) await new Promise((resolve) => process.once("message", resolve)); // `npm start` says when all is there.
server.listen(port, () => {
  log.info({ port }, "listening");
  process.send?.("ready");
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    await stopGently(server, responses);
    process.exit(0);
  });
}

/** Next answers 500 to a path with half a character in it. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?")[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

function refuseMethod(request: IncomingMessage, response: ServerResponse): void {
  const allowed = callbacks.test(request.url ?? "") ? ["POST"] : [...knownMethods];
  response.writeHead(405, { allow: allowed.join(", "), connection: "close" }).end();
}
