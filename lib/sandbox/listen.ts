import type { Server } from "node:http";
import { type FactName, readFact, writeFact } from "@/lib/sandbox/ledger/facts";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";

/** Loopback only: the sandbox has no business on any network. */
export const host = "127.0.0.1";

/**
 * Listens on the wanted port, or on the one used before, so that links of yesterday still work, or on any
 * free one. A wanted port that is taken is an error; a remembered one is given up.
 */
export async function listenOnKeptPort(
  server: Server,
  input: { ledger: Ledger; fact: FactName; wanted?: number },
): Promise<number> {
  if (input.wanted !== undefined) return await listen(server, input.wanted);
  const kept = Number(readFact(input.ledger, input.fact) ?? 0);
  const port = await listen(server, kept).catch((error: NodeJS.ErrnoException) => {
    if (kept === 0 || error.code !== "EADDRINUSE") throw error;
    return listen(server, 0);
  });
  writeFact(input.ledger, input.fact, String(port));
  return port;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
