import type { NotificationKind, NotificationVerdict } from "@/lib/db/schema/notifications";
import { countNotification } from "@/lib/health/metrics";
import type { Shop } from "@/lib/shop";
import type { Message } from "./message";

export type StoredNotification = { id: number; answer: string; copies: number };

/**
 * Keeps a message, once: a copy (same `dedupeKey`) is counted and gets the first answer again. One that failed on our
 * side before is judged anew. `appliedAt` stays empty until its noun has acted on it.
 */
export async function storeNotification(
  shop: Shop,
  of: {
    kind: NotificationKind;
    verdict: NotificationVerdict;
    reason?: string;
    dedupeKey: string;
    answer: string;
    outTradeNo?: string | null;
    transactionId?: string | null;
    message: Message;
  },
): Promise<StoredNotification> {
  countNotification(of.kind, of.verdict);
  const now = shop.now().toISOString();
  const [row] = await shop.sql<StoredNotification[]>`
    INSERT INTO notifications AS n (kind, verdict, reason, dedupe_key, order_id, out_trade_no, transaction_id, answer, headers, body,
      address, received_at, last_received_at)
    VALUES (${of.kind}, ${of.verdict}, ${of.reason ?? null}, ${of.dedupeKey},
      (SELECT order_id FROM payments WHERE out_trade_no = ${of.outTradeNo ?? null}), ${of.outTradeNo ?? null}, ${of.transactionId ?? null},
      ${of.answer}, ${JSON.stringify(of.message.headers)}::text::jsonb, ${Buffer.from(of.message.body)}, ${of.message.address}, ${now}, ${now})
    ON CONFLICT (dedupe_key) DO UPDATE SET copies = n.copies + 1, last_received_at = excluded.last_received_at,
      verdict = CASE n.verdict WHEN 'failed' THEN excluded.verdict ELSE n.verdict END,
      answer = CASE n.verdict WHEN 'failed' THEN excluded.answer ELSE n.answer END
    RETURNING id, answer, copies`;
  if (!row) throw new Error("a notification was not stored");
  return row;
}
