import { requireStaff } from "@/lib/auth/staff";
import { jsonRoute } from "@/lib/http/json-route";
import { subscribeToDesk } from "@/lib/live/desk-feed";
import { shop } from "@/lib/shop";

const heartbeatMs = 25_000; // Below the minute after which proxies close a silent connection.

/** An open desk listens here: one line of JSON a signal, a comment as heartbeat. */
export const GET = jsonRoute(async (request) => {
  await requireStaff("orders.read");
  const { directDatabaseUrl } = shop().environment;
  const encoder = new TextEncoder();
  let leave = () => {};

  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const heartbeat = setInterval(() => send(": here\n\n"), heartbeatMs);
      const unsubscribe = subscribeToDesk(directDatabaseUrl, (signal) =>
        send(`data: ${JSON.stringify(signal)}\n\n`),
      );
      leave = () => {
        clearInterval(heartbeat);
        unsubscribe();
      };
      request.signal.addEventListener("abort", leave);
      send("retry: 3000\n\n");
    },
    cancel: () => leave(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    },
  });
});
