import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const patienceMs = 1_500; // For requests under way; the supervisor waits two seconds.

/** The responses under way, so that a stop can tell an event stream from a request that will soon end. */
export function trackResponses(server: Server): Set<ServerResponse> {
  const open = new Set<ServerResponse>();
  server.on("request", (_request, response) => {
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  return open;
}

/** Takes no more connections, ends event streams at once, gives the other requests a moment. */
export async function stopGently(server: Server, responses: Set<ServerResponse>): Promise<void> {
  server.close();
  server.closeIdleConnections();
  for (const response of responses) {
    if (isEventStream(response)) response.destroy();
    else if (!response.headersSent) response.setHeader("connection", "close");
  }
  for (const end = Date.now() + patienceMs; responses.size > 0 && Date.now() < end; ) await sleep(20);
  server.closeAllConnections();
}

function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader("content-type") ?? "").startsWith("text/event-stream");
}
