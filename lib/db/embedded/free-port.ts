import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * The wished port of the loopback when nobody has it, else another free one. It is free now and is listened at later:
 * so not one of those that the system gives to outgoing connections (from 32768 on, on Linux), where another process
 * may get it in between, or while whoever listened there starts anew.
 */
export async function freePort(wished?: number): Promise<number> {
  const drawn = Array.from({ length: 20 }, () => randomInt(15_000, 32_768));
  for (const port of [...(wished ? [wished] : []), ...drawn, 0]) {
    const found = await listenOnce(port);
    if (found) return found;
  }
  throw new Error("No free port was found on 127.0.0.1.");
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}
