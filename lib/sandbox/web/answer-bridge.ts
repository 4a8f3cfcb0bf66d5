import type { IncomingMessage } from "node:http";
import { type Answer, json } from "@/lib/sandbox/answer";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { checkPayment } from "@/lib/sandbox/web/check-payment";
import { keepCard } from "@/lib/sandbox/web/keep-card";
import { verifyPage } from "@/lib/sandbox/web/verify-page";

/** One question of the bridge's: what the shop's page gave it, and the page's origin. */
export type BridgeCall = (sandbox: Sandbox, asked: { given: unknown; origin: string }) => object;

/** What WeChat's app does by itself, and the sandbox's bridge asks for over HTTP. */
export const bridgeCalls: Record<string, BridgeCall> = {
  "/bridge/check": checkPayment,
  "/bridge/verify": verifyPage,
  "/bridge/card": keepCard,
};

/** The page that asks is the shop's, on another origin. Nothing here is secret or moves money. */
export function answerBridge(
  sandbox: Sandbox,
  call: BridgeCall,
  input: { request: IncomingMessage; body: Buffer },
): Answer {
  const origin = input.request.headers.origin ?? "";
  const result = call(sandbox, { given: readJson(input.body), origin });
  return { ...json(result), headers: { "access-control-allow-origin": origin || "null", vary: "origin" } };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
