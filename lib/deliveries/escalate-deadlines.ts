import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Locale } from "@/lib/http/locale";
import { queueMessage } from "@/lib/messages/queue-message";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Settings } from "@/lib/settings/definitions";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { writeEscalation } from "./write-escalation";

/** Orders a transaction: whoever ships one of them waits no longer than that. */
const batchSize = 500;

export type Escalated = { orderId: string; orderNo: string; deliverBy: string; told: number | null };
type Run = { id: string; now: Date; levels: number[]; shopName: string; language: Locale };

/**
 * Tells of every running clock the levels that it has passed, each once, however often and on however many machines this
 * runs: as an alarm an order, and as one message a level.
 */
export async function escalateDeadlines(shop: Shop): Promise<void> {
  const settings = await readSettings(shop.db);
  const run: Run = {
    id: randomUUID(),
    now: shop.now(),
    levels: levelsOf(settings),
    shopName: settings.shopName,
    language: settings.messageLanguage,
  };
  let last: Escalated | undefined;
  do {
    last = await escalateBatch(shop, run, last);
  } while (last);
  nudgeOutbox(shop.sql);
}

/** Percent of the time from the payment to the deadline; the deadline itself always is one. */
function levelsOf({ escalateFirstPercent, escalateSecondPercent }: Settings): number[] {
  return [...new Set([escalateFirstPercent, escalateSecondPercent, 100])].sort((a, b) => a - b);
}

/** One batch down the board; the order to go on behind, undefined at the board's end. */
function escalateBatch(shop: Shop, run: Run, after: Escalated | undefined): Promise<Escalated | undefined> {
  return shop.db.transaction(async (tx) => {
    const rows = await tx.execute<Escalated>(sql`SELECT order_id AS "orderId", order_no AS "orderNo",
        deliver_by::text AS "deliverBy", told FROM escalate_deadlines(${`{${run.levels.join()}}`}::integer[],
        ${run.now.toISOString()}::timestamptz, ${after?.deliverBy ?? null}::timestamptz, ${after?.orderId ?? null}::bigint, ${batchSize})`);
    const isFull = rows.length === batchSize;
    for (const level of run.levels) {
      const orderNos = rows.filter((row) => row.told === level).map((row) => row.orderNo);
      if (orderNos.length === 0) continue;
      // The first batch's: what comes after it in this run is the same message.
      const of = { shopName: run.shopName, level, orderNos, isMore: isFull };
      const text = writeEscalation(of, run.language);
      await queueMessage(tx, { dedupeKey: `deadlines:${run.id}:${level}`, text });
    }
    return isFull ? rows.at(-1) : undefined;
  });
}
