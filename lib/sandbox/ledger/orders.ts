import { all, first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";
import type { SignType } from "@/lib/wechat/signature";

/** One out_trade_no as WeChat knows it. */
export type Order = {
  outTradeNo: string;
  appId: string;
  tradeType: string;
  signType: SignType;
  totalFen: number;
  body: string;
  attach: string;
  openid: string | null;
  notifyUrl: string;
  /** The first request's fields as JSON, without nonce_str and sign: a re-entry is compared with them. */
  request: string;
  createdAt: number;
  expiresAt: number | null;
  closedAt: number | null;
};

export function findOrder(ledger: Ledger, outTradeNo: string): Order | undefined {
  return first<Order>(ledger, `${selectOrder} WHERE out_trade_no = ?`, outTradeNo);
}

export function insertOrder(ledger: Ledger, order: Order): void {
  const values = [order.createdAt, order.expiresAt, order.closedAt];
  run(
    ledger,
    `INSERT INTO orders (out_trade_no, app_id, trade_type, sign_type, total_fen, body, attach, openid, notify_url,
       request, created_at, expires_at, closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    order.outTradeNo,
    order.appId,
    order.tradeType,
    order.signType,
    order.totalFen,
    order.body,
    order.attach,
    order.openid,
    order.notifyUrl,
    order.request,
    ...values,
  );
}

export function markClosed(ledger: Ledger, input: { outTradeNo: string; now: number }): void {
  const sql = "UPDATE orders SET closed_at = ? WHERE out_trade_no = ? AND closed_at IS NULL";
  run(ledger, sql, input.now, input.outTradeNo);
}

/** Newest first, one page. `search` is a part of an out_trade_no, or a whole number of a transaction's or refund's. */
export function listOrders(ledger: Ledger, input: { search: string; skip: number; limit: number }): Order[] {
  return all<Order>(
    ledger,
    `${selectOrder}
     WHERE ?1 = '' OR instr(out_trade_no, ?1) > 0
        OR out_trade_no IN (SELECT out_trade_no FROM transactions WHERE transaction_id = ?1)
        OR out_trade_no IN (SELECT out_trade_no FROM refunds WHERE out_refund_no = ?1 OR refund_id = ?1)
     ORDER BY created_at DESC, out_trade_no DESC LIMIT ?2 OFFSET ?3`,
    input.search,
    input.limit,
    input.skip,
  );
}

const selectOrder = `SELECT out_trade_no AS outTradeNo, app_id AS appId, trade_type AS tradeType, sign_type AS signType,
  total_fen AS totalFen, body, attach, openid, notify_url AS notifyUrl, request, created_at AS createdAt,
  expires_at AS expiresAt, closed_at AS closedAt FROM orders`;
