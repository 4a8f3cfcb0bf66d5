import { settleRefund } from "@/lib/refunds/settle-refund";
import type { Shop } from "@/lib/shop";
import type { RefundableOrder } from "./a-refundable-order";

/** The receipt that it goes back out of. */
type Of = Pick<RefundableOrder, "outTradeNo" | "transactionId" | "totalFen">;

let serial = 0;

/** WeChat says that this refund was paid, whatever it was asked before. */
export async function paidBackByWechat(shop: Shop, order: Of, refundNo: string): Promise<void> {
  const refundId = `5039${Date.now()}${++serial}`;
  const [row] =
    await shop.sql`UPDATE refunds SET status = 'accepted', accepted_at = now(), refund_id = ${refundId}
    WHERE out_refund_no = ${refundNo} RETURNING refund_fen::int AS fen`;
  await wechatPaid(shop, order, { outRefundNo: refundNo, refundId, refundFen: row?.fen });
}

/** One that the merchant's portal made: we know nothing of it yet. */
export function paidBackInPortal(shop: Shop, order: RefundableOrder, refundFen: number): Promise<void> {
  const refundId = `5039${Date.now()}${++serial}`;
  return wechatPaid(shop, order, { outRefundNo: `PORTAL${refundId}`, refundId, refundFen });
}

async function wechatPaid(
  shop: Shop,
  order: Of,
  of: { outRefundNo: string; refundId: string; refundFen: number },
): Promise<void> {
  const { appId, mchId } = shop.environment.wechat;
  const { outTradeNo, transactionId, totalFen } = order;
  await settleRefund(
    shop,
    {
      ...{ source: "query", status: "SUCCESS", successAt: null, refundRecvAccout: null },
      ...{ appId, mchId, outTradeNo, transactionId, totalFen },
      ...of,
    },
    null,
  );
}
