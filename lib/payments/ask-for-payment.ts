import { and, eq, sql } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { move } from "@/lib/db/move";
import { payments } from "@/lib/db/schema/payments";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { jsapiParameters, type PrepayParameters } from "@/lib/wechat/prepay-parameters";
import { hasCode } from "@/lib/wechat/remedies";
import { type UnifiedOrderAnswer, unifiedOrder } from "@/lib/wechat/unified-order";
import { type PaymentRow, queryPayment } from "./query-payment";
import { recordCall } from "./record-call";

/** What the buyer's client needs to pay, by trade type. */
export type OpenPayment =
  | { tradeType: "JSAPI"; payment: PrepayParameters }
  | { tradeType: "MWEB"; mwebUrl: string }
  | { tradeType: "NATIVE"; codeUrl: string };

/**
 * Sends the stored request to WeChat and opens the payment with the answer. `number_is_burnt` means WeChat will never
 * take this number with these parameters: the caller makes a new one. Calls WeChat: never inside a transaction.
 */
export async function askForPayment(
  shop: Shop,
  payment: PaymentRow,
): Promise<OpenPayment | "number_is_burnt"> {
  await shop.db
    .update(payments)
    .set({ askedAt: shop.now() })
    .where(and(eq(payments.id, payment.id), eq(payments.status, "created")));
  let prepay: UnifiedOrderAnswer;
  try {
    prepay = await recordCall(
      shop,
      { payment, call: "unifiedorder" },
      () => unifiedOrder(shop.merchant, payment.request),
      () => "SUCCESS",
    );
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    return afterRefusal(shop, payment, error);
  }
  await open(shop, payment, prepay);
  return present(shop, payment, prepay);
}

const burnt = ["ORDERCLOSED", "INVALID_REQUEST", "OUT_TRADE_NO_USED"] as const;
/** Unknown results that only a person can end: wrong keys, or somebody else who answers for WeChat. */
const misconfigured = new Set(["RETURN_FAIL", "UNVERIFIED", "NOT_OURS"]);

async function afterRefusal(shop: Shop, payment: PaymentRow, error: WechatError): Promise<"number_is_burnt"> {
  const says = (code: string): boolean => hasCode(error, code);
  if (says("ORDERPAID")) {
    const found = await queryPayment(shop, payment);
    if (found === "disputed") throw new AppError("payment_disputed");
    throw new AppError(found === "paid" ? "already_paid" : "wechat_unavailable");
  }
  if (burnt.some(says)) return "number_is_burnt";
  if (error.kind === "unknown_result" && !misconfigured.has(error.code))
    throw new AppError("wechat_unavailable");
  await raiseAlarm(shop.db, refusalAlarm(error));
  throw error.kind === "refused"
    ? new AppError("wechat_refused", { wechatCode: error.code })
    : new AppError("wechat_unavailable");
}

/** One alarm for each code: what stops one buyer stops them all. */
export function refusalAlarm({ code, text, remedy }: Pick<WechatError, "code" | "text" | "remedy">) {
  const facts = { call: "unifiedorder", code, text, remedy };
  return { kind: "wechat_refused", dedupeKey: `wechat_refused:unifiedorder:${code}`, facts };
}

/** The notification may have overtaken this answer, or the buyer may have cancelled: then there is nothing to open. */
async function open(shop: Shop, payment: PaymentRow, prepay: UnifiedOrderAnswer): Promise<void> {
  const now = shop.now();
  const status = await shop.db.transaction(async (tx) => {
    const answer = sql`prepay_id = ${prepay.prepayId}, code_url = ${prepay.codeUrl}, mweb_url = ${prepay.mwebUrl}`;
    const opened = await move(tx, {
      entity: "payment",
      event: "open",
      id: payment.id,
      actor: "wechat:answer",
      at: now,
      set: answer,
    });
    if (opened) return "open";
    const [row] = await tx
      .update(payments)
      .set({ prepayId: prepay.prepayId, codeUrl: prepay.codeUrl, mwebUrl: prepay.mwebUrl })
      .where(eq(payments.id, payment.id))
      .returning({ status: payments.status });
    return row?.status;
  });
  if (status === "paid") throw new AppError("already_paid");
  if (status === "closed") throw new AppError("order_closed");
}

function present(shop: Shop, payment: PaymentRow, prepay: UnifiedOrderAnswer): OpenPayment {
  if (payment.tradeType === "MWEB" && prepay.mwebUrl) return { tradeType: "MWEB", mwebUrl: prepay.mwebUrl };
  if (payment.tradeType === "NATIVE" && prepay.codeUrl)
    return { tradeType: "NATIVE", codeUrl: prepay.codeUrl };
  if (payment.tradeType !== "JSAPI") throw new AppError("wechat_unavailable"); // Its answer lacks the link.
  const { apiKey } = shop.environment.wechat;
  const { appid: appId, signType } = payment;
  const of = {
    appId,
    prepayId: prepay.prepayId,
    apiKey,
    signType,
    now: shop.now(),
    nonce: shop.merchant.nonce(),
  };
  return { tradeType: "JSAPI", payment: jsapiParameters(of) };
}
