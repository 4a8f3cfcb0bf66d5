import { all, first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";
import { mostTries, type NotificationKind } from "@/lib/sandbox/notify/kinds";

/** One message that WeChat wants to deliver, signed when it was queued. */
export type Notification = {
  id: number;
  kind: NotificationKind;
  /** What is special about it: "paid", "forged"… */
  label: string;
  /** Empty for an alarm that is about no order. */
  outTradeNo: string;
  transactionId: string | null;
  /** Of a refund's result. */
  outRefundNo: string | null;
  url: string;
  body: string;
  /** Sent so many times at once on the next try. */
  copies: number;
  /** So many of the next tries are lost on the way. */
  drops: number;
  mostTries: number;
  tries: number;
  status: "waiting" | "accepted" | "given_up";
  createdAt: number;
  nextAt: number | null;
};

export type NewNotification = Pick<
  Notification,
  "kind" | "label" | "outTradeNo" | "transactionId" | "url" | "body"
> & {
  outRefundNo?: string | null;
  now: number;
  lateMs?: number;
  copies?: number;
  drops?: number;
  once?: boolean;
};

export function queueNotification(ledger: Ledger, input: NewNotification): number {
  const sql = `INSERT INTO notifications (kind, label, out_trade_no, transaction_id, out_refund_no, url, body,
    copies, drops, most_tries, status, created_at, next_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?) RETURNING id`;
  const row = first<{ id: number }>(
    ledger,
    sql,
    input.kind,
    input.label,
    input.outTradeNo,
    input.transactionId,
    input.outRefundNo ?? null,
    input.url,
    input.body,
    input.copies ?? 1,
    input.drops ?? 0,
    input.once ? 1 : mostTries(input.kind),
    input.now,
    input.now + (input.lateMs ?? 0),
  );
  if (!row) throw new Error("SQLite did not answer the new notification's id");
  forgetOldest(ledger, input.outTradeNo);
  return row.id;
}

const keptPerOrder = 200; // Of those that are done; what waits is never forgotten.

function forgetOldest(ledger: Ledger, outTradeNo: string): void {
  const old = `SELECT id FROM notifications WHERE out_trade_no = ?1 AND status <> 'waiting'
    ORDER BY id DESC LIMIT -1 OFFSET ${keptPerOrder}`;
  run(ledger, `DELETE FROM tries WHERE notification_id IN (${old})`, outTradeNo);
  run(ledger, `DELETE FROM notifications WHERE id IN (${old})`, outTradeNo);
}

export function findNotification(ledger: Ledger, id: number): Notification | undefined {
  return first<Notification>(ledger, `${select} WHERE id = ?`, id);
}

/** The newest hundred of a number, newest first. */
export function notificationsOf(ledger: Ledger, outTradeNo: string): Notification[] {
  return all<Notification>(ledger, `${select} WHERE out_trade_no = ? ORDER BY id DESC LIMIT 100`, outTradeNo);
}

export function newestOfRefund(ledger: Ledger, outRefundNo: string): Notification | undefined {
  const sql = `${select} WHERE out_refund_no = ? ORDER BY id DESC LIMIT 1`;
  return first<Notification>(ledger, sql, outRefundNo);
}

/** Newest first, of one number or of all, those about no order too. */
export function listAlarms(ledger: Ledger, input: { outTradeNo?: string; limit: number }): Notification[] {
  const sql = `${select} WHERE kind = 'alarm' AND (?1 IS NULL OR out_trade_no = ?1) ORDER BY id DESC LIMIT ?2`;
  return all<Notification>(ledger, sql, input.outTradeNo ?? null, input.limit);
}

export function waitingNotifications(ledger: Ledger, limit: number): Notification[] {
  return all<Notification>(ledger, `${select} WHERE status = 'waiting' ORDER BY next_at, id LIMIT ?`, limit);
}

export function updateNotification(
  ledger: Ledger,
  input: Pick<Notification, "id" | "status" | "tries" | "drops" | "copies" | "nextAt">,
): void {
  run(
    ledger,
    "UPDATE notifications SET status = ?, tries = ?, drops = ?, copies = ?, next_at = ? WHERE id = ?",
    input.status,
    input.tries,
    input.drops,
    input.copies,
    input.nextAt,
    input.id,
  );
}

const select = `SELECT id, kind, label, out_trade_no AS outTradeNo, transaction_id AS transactionId,
  out_refund_no AS outRefundNo, url, body, copies, drops, most_tries AS mostTries, tries, status,
  created_at AS createdAt, next_at AS nextAt FROM notifications`;
