import { createServer } from "node:net";

/** The wished port of the loopback when nobody has it, else one that the system picks. */
export async function freePort(wished = 0): Promise<number> {
  const port = (await listenOnce(wished)) ?? (await listenOnce(0));
  if (!port) throw new Error("No free port was found on 127.0.0.1.");
  return port;
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
