import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * What still comes of a request that was answered early, such as a picture that is too large, is thrown away, so that
 * the client reads its answer and the connection can carry the next request. Node does so for a body that nobody has
 * touched; one that Next has begun to read would stand still. `requestTimeout` bounds it.
 */
export function drainAfterAnswer(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    if (request.complete) return;
    request.removeAllListeners("readable"); // Whoever listens for it keeps the rest from flowing.
    setImmediate(() => request.resume()); // A stream learns a tick later that nobody listens.
  });
}
