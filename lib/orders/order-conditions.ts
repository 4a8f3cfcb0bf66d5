import { type SQL, sql } from "drizzle-orm";
import { dayAfter, startOfDay } from "@/lib/calendar/days";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { OrderFilter, OrderSort, RefundFilter } from "./order-filter";
import { hasVariant, readMeanings } from "./order-search";

/** A refund `f` whose money is back with the buyer; and one that is asked for, approved or on its way. */
export const isGone = "(f.status = 'succeeded' OR f.manual_paid_at IS NOT NULL)";
export const isUnderway = `(f.manual_paid_at IS NULL AND f.status IN
  ('requested', 'approved', 'awaiting_return', 'sending', 'accepted', 'abnormal', 'manual'))`;

/** Of what paid an order `o`, else of the last attempt. */
export const tradeType =
  "(SELECT p.trade_type FROM payments p WHERE p.order_id = o.id ORDER BY p.paid_at, p.id DESC LIMIT 1)";

/** An order `o` that the deadline board lists: its clock runs. */
export const clockRuns = sql`(o.deliver_by IS NOT NULL AND o.clock_ended_at IS NULL)`;

/**
 * The conditions of a filter for an order `o`. An order is listed that meets one of them: a search may mean several
 * things. None at all when it can mean nothing.
 */
export async function readConditions(shop: Shop, filter: OrderFilter): Promise<SQL[]> {
  const [always, meanings] = await Promise.all([
    conditionsOf(shop, filter),
    filter.q === null ? [sql`true`] : readMeanings(shop, filter.q),
  ]);
  return meanings.map((meaning) => sql.join([...always, meaning], sql` AND `));
}

async function conditionsOf(shop: Shop, filter: OrderFilter): Promise<SQL[]> {
  const { status, kind, refund, trade, minFen, maxFen, product } = filter;
  return [
    ...(status === null ? [] : [sql`o.status = ${status}`]),
    ...(kind === null ? [] : [sql`o.kind = ${kind}`]),
    ...(filter.deadline === null ? [] : [await deadlineIs(shop, filter.deadline, filter.sort)]),
    ...(refund === null ? [] : [refundIs[refund]]),
    ...(trade === null ? [] : [sql`${sql.raw(tradeType)} = ${trade}`]),
    ...(minFen === null ? [] : [sql`o.total_fen >= ${minFen}`]),
    ...(maxFen === null ? [] : [sql`o.total_fen <= ${maxFen}`]),
    ...(await daysAre(shop, filter)),
    ...(product === null ? [] : [hasVariant(await variantsOf(shop, product))]),
  ];
}

/** So many ids are told to the planner one by one. */
const runningAtMost = 5_000;

/**
 * Running clocks are few, and PostgreSQL does not know it: it believes that having a deadline and not having ended have
 * nothing to do with each other, and would look for the few along the whole list. Where they are sorted by their
 * deadlines it walks their own index; else they are read from it first, unless they are so many that a walk meets them.
 */
async function deadlineIs(
  shop: Shop,
  deadline: NonNullable<OrderFilter["deadline"]>,
  sort: OrderSort,
): Promise<SQL> {
  if (deadline === "ended") return sql`o.clock_ended_at IS NOT NULL`;
  const condition = sql`${clockRuns} AND ${dueWhen(deadline, shop.now())}`;
  if (sort === "deadline") return condition;
  const rows = await shop.db.execute<{ id: number }>(
    sql`SELECT o.id::float8 AS id FROM orders o WHERE ${condition} ORDER BY o.deliver_by, o.id LIMIT ${runningAtMost + 1}`,
  );
  return rows.length > runningAtMost
    ? condition
    : sql`o.id = ANY (${sql.param(rows.map(({ id }) => id))}::bigint[])`;
}

function dueWhen(deadline: "late" | "running" | { withinHours: number }, now: Date): SQL {
  if (deadline === "running") return sql`true`;
  if (deadline === "late") return sql`o.deliver_by < ${now.toISOString()}`;
  const until = new Date(now.getTime() + deadline.withinHours * 60 * 60_000);
  return sql`o.deliver_by >= ${now.toISOString()} AND o.deliver_by < ${until.toISOString()}`;
}

/** Of what paid the order: money beyond that goes back by itself, and is no refund of the order. */
const refundsOfOrder = sql`refunds f JOIN receipts r ON r.id = f.receipt_id AND r.verdict = 'settling'`;
const [gone, underway] = [sql.raw(isGone), sql.raw(isUnderway)];
const refundedFen = sql`(SELECT coalesce(sum(f.refund_fen), 0) FROM ${refundsOfOrder} WHERE f.order_id = o.id AND ${gone})`;
/** Not its total: a person may have tied other money to it than was asked. */
const paidFen = sql`(SELECT r.total_fen FROM receipts r WHERE r.order_id = o.id AND r.verdict = 'settling')`;
const isRefunded = sql`o.id IN (SELECT f.order_id FROM ${refundsOfOrder} WHERE ${gone})`;

const refundIs: Record<RefundFilter, SQL> = {
  none: sql`NOT EXISTS (SELECT FROM ${refundsOfOrder} WHERE f.order_id = o.id AND (${gone} OR ${underway}))`,
  asked: sql`o.id IN (SELECT f.order_id FROM ${refundsOfOrder} WHERE ${underway})`,
  part: sql`${isRefunded} AND ${refundedFen} < ${paidFen}`,
  full: sql`${isRefunded} AND ${refundedFen} >= ${paidFen}`,
};

async function daysAre(shop: Shop, { from, to }: OrderFilter): Promise<SQL[]> {
  if (from === null && to === null) return [];
  const { timeZone } = await readSettings(shop.db);
  return [
    ...(from ? [sql`o.created_at >= ${startOfDay(from, timeZone).toISOString()}`] : []),
    ...(to ? [sql`o.created_at < ${startOfDay(dayAfter(to, 1), timeZone).toISOString()}`] : []),
  ];
}

async function variantsOf(shop: Shop, product: string): Promise<number[]> {
  const rows = await shop.db.execute<{ id: number }>(
    sql`SELECT v.id::float8 AS id FROM variants v WHERE v.sku = ${product}
      UNION SELECT v.id::float8 FROM variants v JOIN products p ON p.id = v.product_id WHERE p.slug = ${product}`,
  );
  return rows.map(({ id }) => id);
}
