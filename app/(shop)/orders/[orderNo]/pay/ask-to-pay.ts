import type { TradeType } from "@/lib/db/schema/payments";
import type { OpenPayment } from "@/lib/payments/ask-for-payment";

export type Refusal = { code: string; title: string; signInUrl: string | null };

/** `POST /api/pay`. Null means that no answer came: the same call may be made again. */
export async function askToPay(orderNo: string, tradeType: TradeType): Promise<OpenPayment | Refusal | null> {
  let response: Response;
  try {
    response = await fetch("/api/pay", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ orderNo, tradeType }),
    });
  } catch {
    return null;
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && isOpenPayment(body, tradeType)) return body;
  return isProblem(body) ? { code: body.code, title: body.title, signInUrl: signInUrlOf(body) } : null;
}

const proofOf = { JSAPI: "payment", MWEB: "mwebUrl", NATIVE: "codeUrl" } as const;

function isOpenPayment(body: unknown, tradeType: TradeType): body is OpenPayment {
  return isObject(body) && body.tradeType === tradeType && proofOf[tradeType] in body;
}

function isProblem(body: unknown): body is { code: string; title: string } {
  return isObject(body) && typeof body.code === "string" && typeof body.title === "string";
}

function signInUrlOf(body: object): string | null {
  return "signInUrl" in body && typeof body.signInUrl === "string" ? body.signInUrl : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
