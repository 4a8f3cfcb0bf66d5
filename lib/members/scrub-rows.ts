import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { scrubBody } from "@/lib/notifications/scrub-body";
import { erasedRecipient } from "@/lib/orders/recipient";
import type { PersonalTexts } from "./personal-texts";

type Scrubbed = { orderIds: number[]; texts: PersonalTexts; at: Date };

/** Cuts a person out of everything that hangs on their orders. Again: whatever has come since. */
export async function scrubRows(tx: Tx, of: Scrubbed): Promise<void> {
  await scrubNotifications(tx, of); // First: which of them are the person's is told by the rows below.
  await scrubOrders(tx, of.orderIds);
  await scrubMoney(tx, of);
  await scrubDeliveries(tx, of.orderIds);
  if (of.texts.pattern !== null) await scrubCopies(tx, of.orderIds, of.texts.pattern);
}

const within = (ids: number[]) => sql`ANY(${sql.param(ids)}::bigint[])`;

async function scrubOrders(tx: Tx, orderIds: number[]): Promise<void> {
  await tx.execute(sql`UPDATE orders SET phone = NULL, note = NULL,
      recipient = CASE WHEN recipient IS NULL THEN NULL ELSE ${JSON.stringify(erasedRecipient)}::text::jsonb END
    WHERE id = ${within(orderIds)}`);
}

/** Amounts, numbers and times are the books. Who paid from where, and in whose words it was asked back, are not. */
async function scrubMoney(tx: Tx, { orderIds, texts }: Scrubbed): Promise<void> {
  const untied = sql`(order_id IS NULL AND verdict <> 'settling' AND openid = ANY(${sql.param(texts.openids)}::text[]))`;
  await tx.execute(sql`UPDATE payments SET openid = NULL, payer_address = NULL,
      request = request - 'openid' - 'sub_openid' - 'spbill_create_ip' WHERE order_id = ${within(orderIds)}`);
  await tx.execute(sql`UPDATE refunds SET reason_text = NULL, decision_note = NULL, recv_account = NULL, manual_note = NULL
    WHERE order_id = ${within(orderIds)} OR receipt_id IN (SELECT id FROM receipts WHERE ${untied})`);
  await tx.execute(sql`UPDATE receipts SET openid = NULL WHERE order_id = ${within(orderIds)}`);
  await tx.execute(sql`UPDATE receipts SET openid = NULL WHERE ${untied}`);
  await tx.execute(
    sql`UPDATE delivery_reports SET request = request - 'openid' WHERE order_id = ${within(orderIds)}`,
  );
}

/** What was sent when by which carrier stays: it proves that the shop did its part. */
async function scrubDeliveries(tx: Tx, orderIds: number[]): Promise<void> {
  await tx.execute(sql`UPDATE deliveries SET phone_tail = NULL, note = NULL,
      fail_reason = CASE WHEN fail_reason IS NULL THEN NULL ELSE '—' END WHERE order_id = ${within(orderIds)}`);
  await tx.execute(sql`UPDATE delivery_batch_rows SET cells = '[]', phone_tail = NULL
    WHERE order_id = ${within(orderIds)} AND cells <> '[]'`);
}

/** Texts that staff, WeChat or our own errors wrote and that may name the person: the names go, the texts stay. */
async function scrubCopies(tx: Tx, orderIds: number[], pattern: string): Promise<void> {
  const cut = (column: SQL) => sql`regexp_replace(${column}, ${pattern}, '＊＊', 'g')`;
  const inJson = (column: SQL) => sql`${cut(sql`${column}::text`)}::jsonb`;
  const own = sql`order_id = ${within(orderIds)}`;
  await tx.execute(sql`UPDATE wechat_calls SET error_text = ${cut(sql`error_text`)}
    WHERE ${own} AND error_text ~ ${pattern}`);
  await tx.execute(sql`UPDATE job_runs SET error = ${cut(sql`error`)} WHERE ${own} AND error ~ ${pattern}`);
  await tx.execute(sql`UPDATE refunds SET error_text = ${cut(sql`error_text`)}, request = ${inJson(sql`request`)},
    manual_reference = ${cut(sql`manual_reference`)}, return_carrier = ${cut(sql`return_carrier`)} WHERE ${own}`);
  await tx.execute(sql`UPDATE delivery_reports SET error_text = ${cut(sql`error_text`)}, deliver_msg = ${cut(sql`deliver_msg`)},
    request = ${inJson(sql`request`)} WHERE ${own}`);
  await tx.execute(sql`UPDATE alarms SET facts = ${inJson(sql`facts`)}, note = ${cut(sql`note`)}, resolution = ${cut(sql`resolution`)}
    WHERE id IN (SELECT alarm_id FROM alarm_orders WHERE ${own})`);
  // Small tables that name no order: what was searched for, and what staff were told in the last 90 days.
  await tx.execute(sql`UPDATE saved_views SET query = ${cut(sql`query`)} WHERE query ~ ${pattern}`);
  await tx.execute(
    sql`UPDATE saved_views SET name = left(${cut(sql`name`)}, 20) || ' ' || id WHERE name ~ ${pattern}`,
  ); // Two may be cut to one.
  await tx.execute(sql`UPDATE list_exports SET query = ${cut(sql`query`)} WHERE query ~ ${pattern}`);
  await tx.execute(sql`UPDATE messages SET text = ${cut(sql`text`)} WHERE text ~ ${pattern}`);
}

/** By order, by the numbers of their payments, and pushed events that name no order but the person who caused them. */
async function scrubNotifications(tx: Tx, { orderIds, texts, at }: Scrubbed): Promise<void> {
  const openids = sql`ANY(${sql.param(texts.openids)}::text[])`;
  const rows = await tx.execute<{ id: number; body: Buffer }>(sql`
    WITH own AS (
      SELECT id FROM notifications WHERE order_id = ${within(orderIds)}
      UNION SELECT n.id FROM notifications n JOIN payments p USING (out_trade_no) WHERE p.order_id = ${within(orderIds)}
      UNION SELECT n.id FROM notifications n JOIN receipts r USING (out_trade_no)
        WHERE r.order_id IS NULL AND r.verdict <> 'settling' AND r.openid = ${openids}
      UNION SELECT n.id FROM notifications n JOIN unnest(${sql.param(texts.openids)}::text[]) AS o(openid)
        ON position(convert_to(o.openid, 'UTF8') IN n.body) > 0 WHERE n.kind = 'push' AND n.order_id IS NULL
    )
    SELECT n.id::float8 AS id, n.body FROM notifications n WHERE n.id IN (SELECT id FROM own) AND n.scrubbed_at IS NULL
    ORDER BY n.id FOR NO KEY UPDATE`);
  for (const { id, body } of rows)
    await tx.execute(sql`UPDATE notifications SET body = ${scrubBody(body, texts.without)}, scrubbed_at = ${at.toISOString()}::timestamptz
      WHERE id = ${id}`);
}
