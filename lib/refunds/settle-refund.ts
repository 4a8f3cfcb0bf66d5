import { errorCode } from "@/lib/http/error-facts";
import type { ReceivedMessage } from "@/lib/notifications/settle-payment";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";

/** What WeChat said of one refund, verified. Amounts in fen. `answer`: of our own request, which is acceptance only. */
export type RefundFacts = {
  source: "notification" | "query" | "answer";
  appId: string;
  mchId: string;
  outTradeNo: string;
  transactionId: string;
  outRefundNo: string;
  refundId: string;
  status: "SUCCESS" | "PROCESSING" | "CHANGE" | "REFUNDCLOSE";
  totalFen: number;
  refundFen: number;
  successAt: Date | null;
  refundRecvAccout: string | null;
};

export type RefundSettlement = {
  verdict: "applied" | "portal" | "repeated" | "mismatch" | "unknown" | "not_ours";
  answer: "SUCCESS" | "FAIL";
  reason: string | null;
  orderNo: string | null;
  queued: boolean;
};

/**
 * Runs the one statement that turns WeChat's word into refund, order and stock: `settle-refund.sql`, beside this file.
 * It is committed when this returns; everything thrown means nothing happened.
 */
export async function settleRefund(
  shop: Pick<Shop, "sql" | "environment" | "now">,
  facts: RefundFacts,
  message: ReceivedMessage | null,
): Promise<RefundSettlement> {
  const settle = () => settleStatement(shop, facts, message);
  const rows = await settle().catch((error: unknown) => {
    if (!mayTryAgain.has(errorCode(error))) throw error;
    return settle();
  });
  const [row] = rows;
  if (!row) throw new Error("settle_refund returned nothing");
  if (row.queued) nudgeOutbox(shop.sql);
  return row;
}

/** Serialization failure, deadlock, and a number that another transaction has just written: its row is there now. */
const mayTryAgain = new Set(["40001", "40P01", "23505"]);

function settleStatement(
  { sql, environment: { wechat }, now }: Pick<Shop, "sql" | "environment" | "now">,
  facts: RefundFacts,
  message: ReceivedMessage | null,
) {
  const ourAppIds = [wechat.appId, ...(wechat.mini ? [wechat.mini.appId] : [])];
  return sql<RefundSettlement[]>`
    SELECT verdict, answer, reason, order_no AS "orderNo", queued FROM settle_refund(
      ${facts.source}, ${facts.appId}, ${facts.mchId}, ${facts.outTradeNo}, ${facts.transactionId}, ${facts.outRefundNo},
      ${facts.refundId}, ${facts.status}, ${facts.totalFen}, ${facts.refundFen}, ${facts.successAt?.toISOString() ?? null},
      ${facts.refundRecvAccout}, ${ourAppIds}, ${wechat.mchId}, ${now().toISOString()},
      ${message?.dedupeKey ?? null}, ${message ? JSON.stringify(message.headers) : null}::text::jsonb,
      ${message ? Buffer.from(message.body) : null}, ${message?.address ?? null})`;
}
