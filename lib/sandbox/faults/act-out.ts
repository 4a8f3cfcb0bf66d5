import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, certificatePage, gatewayPage, send } from "@/lib/sandbox/answer";
import type { ArmedFault } from "@/lib/sandbox/faults/arm";

const longestSilenceMs = 60_000; // Longer than any client waits; then the connection is dropped.
const defaultDelayMs = 3_000;

/** The answer of a fault that strikes before the call is executed, where it needs no signature. */
export function gatewayFault(fault: ArmedFault | null): Answer | null {
  if (fault?.kind === "bad-gateway") return gatewayPage(502, "Bad Gateway");
  if (fault?.kind === "cert-error") return certificatePage;
  const never = fault?.kind === "timeout-before" || fault?.kind === "reset-before";
  return never ? gatewayPage(504, "Gateway Time-out") : null; // Not sent: see sendUnder.
}

/** Sends the answer, late, or never, as the fault wants it. */
export async function sendUnder(
  fault: ArmedFault | null,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  if (fault?.kind === "reset" || fault?.kind === "reset-before") {
    response.socket?.destroy(); // A TLS socket cannot send RST; the client sees the connection break off.
    return;
  }
  if (fault?.kind === "timeout" || fault?.kind === "timeout-before") {
    setTimeout(() => response.socket?.destroy(), longestSilenceMs).unref();
    return;
  }
  if (fault?.kind === "slow") await sleep(fault.options.delayMs ?? defaultDelayMs);
  send(response, answer);
}
