import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/connect";
import type { Recipient } from "@/lib/orders/recipient";

const ofOrders = 1000; // The newest: an address that was not used since says little.
const atMost = 20;

export type UsedRecipient = { recipient: Recipient; orders: number; lastAt: Date };

/** To whom a member's orders went, each once, the last used first. In full: whoever shows it masks it. */
export async function readRecipients(db: Db | Tx, memberId: number): Promise<UsedRecipient[]> {
  const rows = await db.execute<Omit<UsedRecipient, "lastAt"> & { lastAt: string }>(sql`
    SELECT recipient, count(*)::int AS orders, max(created_at) AS "lastAt"
    FROM (SELECT * FROM orders WHERE member_id = ${memberId} ORDER BY id DESC LIMIT ${ofOrders}) o
    WHERE recipient IS NOT NULL GROUP BY recipient ORDER BY max(id) DESC LIMIT ${atMost}`);
  return rows.map(({ lastAt, ...row }) => ({ ...row, lastAt: new Date(lastAt) }));
}
