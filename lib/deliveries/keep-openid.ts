import { and, eq, isNull } from "drizzle-orm";
import { payments } from "@/lib/db/schema/payments";
import { receipts } from "@/lib/db/schema/receipts";
import { recordCall } from "@/lib/payments/record-call";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { queryOrder } from "@/lib/wechat/order-query";
import type { Owed } from "./lock-report";

/**
 * WeChat may have told of a payment without saying who paid: asked before its report is made, and what it says is kept.
 * A refusal leaves the receipt as it is; throws the `WechatError` of an unknown result. Never inside a transaction.
 */
export async function keepOpenid(
  shop: Shop,
  { report, receipt }: Pick<Owed, "report" | "receipt">,
): Promise<void> {
  if (receipt.openid !== null) return;
  const openid = await askForOpenid(shop, { report, receipt });
  if (openid === null) return;
  await shop.db
    .update(receipts)
    .set({ openid })
    .where(and(eq(receipts.id, receipt.id), isNull(receipts.openid)));
}

async function askForOpenid(
  shop: Shop,
  { report, receipt }: Pick<Owed, "report" | "receipt">,
): Promise<string | null> {
  const [payment] = receipt.paymentId
    ? await shop.db
        .select({ signType: payments.signType })
        .from(payments)
        .where(eq(payments.id, receipt.paymentId))
    : [];
  const { appid: appId, outTradeNo } = receipt;
  const signType = payment?.signType ?? shop.environment.wechat.signType;
  try {
    const { openid, transactionId } = await recordCall(
      shop,
      { report, call: "orderquery" },
      () => queryOrder(shop.merchant, { appId, outTradeNo, signType }),
      ({ state }) => state,
    );
    return transactionId === receipt.transactionId ? openid : null; // Another payment under the number may be another buyer's.
  } catch (error) {
    if (error instanceof WechatError && error.kind === "refused") return null;
    throw error;
  }
}
