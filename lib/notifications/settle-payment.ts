import type { Sql } from "postgres";
import type { MoneySource } from "@/lib/db/schema/receipts";
import { errorCode } from "@/lib/http/error-facts";
import type { Shop } from "@/lib/shop";
import type { SignType } from "@/lib/wechat/signature";

/** What WeChat said of one transaction, verified. Amounts in fen. */
export type PaymentFacts = {
  source: MoneySource;
  signType: SignType;
  appId: string;
  mchId: string;
  outTradeNo: string;
  transactionId: string | null;
  resultCode: "SUCCESS" | "FAIL";
  totalFen: number | null;
  feeType: string | null;
  openid: string | null;
  paidAt: Date | null;
};

/** The message a notification came in, to be stored in the same statement. */
export type ReceivedMessage = {
  dedupeKey: string;
  headers: Record<string, string>;
  body: Uint8Array;
  address: string;
};

export type Settlement = {
  verdict:
    | "paid"
    | "revived"
    | "late"
    | "surplus"
    | "second_transaction"
    | "repeated"
    | "mismatch"
    | "unknown"
    | "not_paid"
    | "not_ours"
    | "weaker_signature";
  answer: "SUCCESS" | "FAIL";
  reason: string | null;
  orderNo: string | null;
  /** True when something waits in the outbox: nudge the worker. */
  queued: boolean;
};

/**
 * Runs the one statement that turns WeChat's word into receipt, payment and order: `settle-payment.sql`, beside this
 * file. It is committed when this returns; everything thrown means nothing happened.
 */
export async function settlePayment(
  shop: Pick<Shop, "sql" | "environment" | "now">,
  facts: PaymentFacts,
  message: ReceivedMessage | null,
): Promise<Settlement> {
  const settle = () => settleStatement(shop.sql, ours(shop.environment), facts, message, shop.now());
  const rows = await settle().catch((error: unknown) => {
    if (!mayTryAgain.has(errorCode(error))) throw error;
    return settle();
  });
  const [row] = rows;
  if (!row) throw new Error("settle_payment returned nothing");
  return row;
}

/** Serialization failure and deadlock: all of it was undone, and another transaction's rows are there now. */
const mayTryAgain = new Set(["40001", "40P01"]);

type Ours = { appIds: string[]; mchId: string; signType: SignType };

function ours({ wechat }: Shop["environment"]): Ours {
  return {
    appIds: [wechat.appId, ...(wechat.mini ? [wechat.mini.appId] : [])],
    mchId: wechat.mchId,
    signType: wechat.signType,
  };
}

/** The bare statement, for those who measure it alone. */
export function settleStatement(
  sql: Sql,
  our: Ours,
  facts: PaymentFacts,
  message: ReceivedMessage | null,
  now: Date,
) {
  return sql<Settlement[]>`
    SELECT verdict, answer, reason, order_no AS "orderNo", queued FROM settle_payment(
      ${facts.source}, ${facts.signType}, ${facts.appId}, ${facts.mchId}, ${facts.outTradeNo}, ${facts.transactionId},
      ${facts.resultCode}, ${facts.totalFen}, ${facts.feeType ?? "CNY"}, ${facts.openid}, ${(facts.paidAt ?? now).toISOString()},
      ${our.appIds}, ${our.mchId}, ${our.signType}, ${now.toISOString()},
      ${message?.dedupeKey ?? null}, ${message ? JSON.stringify(message.headers) : null}::text::jsonb,
      ${message ? Buffer.from(message.body) : null}, ${message?.address ?? null})`;
}
