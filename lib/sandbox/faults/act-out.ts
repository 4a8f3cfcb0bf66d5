import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, gatewayPage, send } from "@/lib/sandbox/answer";
import type { ArmedFault } from "@/lib/sandbox/faults/arm";

const longestSilenceMs = 60_000; // Longer than any client waits; then the connection is dropped.
const defaultDelayMs = 3_000;

/** The answer of a fault that strikes before the call is executed, where it needs no signature. */
export function gatewayFault(fault: ArmedFault | null): Answer | null {
  return fault?.kind === "bad-gateway" ? gatewayPage(502, "Bad Gateway") : null;
}

/** Sends the answer, late, or never, as the fault wants it. The call has been executed by now. */
export async function sendUnder(
  fault: ArmedFault | null,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  if (fault?.kind === "reset") {
    response.socket?.destroy(); // A TLS socket cannot send RST; the client sees the connection break off.
    return;
  }
  if (fault?.kind === "timeout") {
    setTimeout(() => response.socket?.destroy(), longestSilenceMs).unref();
    return;
  }
  if (fault?.kind === "slow") await sleep(fault.options.delayMs ?? defaultDelayMs);
  send(response, answer);
}
