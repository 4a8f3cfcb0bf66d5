import { type SQL, sql } from "drizzle-orm";
import { readWithin } from "@/lib/db/read-within";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { describeOrders, type ListedOrder } from "./describe-orders";
import { readConditions } from "./order-conditions";
import type { OrderFilter } from "./order-filter";
import { type Stretch, stretches } from "./order-sorts";

export const orderPageSize = 50;

/** What any filter may take; the named ones take milliseconds. Beyond it a person had rather narrow it than wait. */
const patienceMs = 2_000;

/** `newer` and `older` are cursors of the pages before and behind this one in the filter's order; null where there is none. */
export type OrderPage = { orders: ListedOrder[]; newer: string | null; older: string | null };

/**
 * One page of the orders that a filter keeps. `before` is a page's `older`, `after` a page's `newer`; what is no cursor
 * shows the first page. Throws `filter_too_wide` when a combination of filters takes too long.
 */
export async function listOrders(
  shop: Shop,
  filter: OrderFilter,
  at: { before?: string; after?: string; size?: number } = {},
): Promise<OrderPage> {
  const { size = orderPageSize } = at;
  const before = readCursor(at.before);
  const after = readCursor(at.after);
  const rows = await readRows(
    shop,
    filter,
    after ? { size, isBackward: true, cursor: after } : { size, isBackward: false, cursor: before },
  );
  const more = rows.length > size;
  const page = rows.slice(0, size);
  if (after) page.reverse();

  const [first, last] = [writeCursor(page[0]), writeCursor(page.at(-1))];
  return {
    orders: await describeOrders(
      shop,
      page.map(({ id }) => id),
    ),
    newer: after ? (more ? first : null) : before ? first : null,
    older: after ? last : more ? last : null,
  };
}

/** A place in a list: which stretch of it, the value sorted by (microseconds or fen), and the order's id. */
type Cursor = { stretch: number; key: string; id: string };
type Place = { id: number; key: string; stretch: number };
type From = { isBackward: boolean; cursor: Cursor | null };

function readCursor(text: string | undefined): Cursor | null {
  const [, stretch, key, id] = /^([01])-(\d{1,17})-([1-9]\d{0,14})$/.exec(text ?? "") ?? [];
  return stretch && key && id ? { stretch: Number(stretch), key, id } : null;
}

function writeCursor(place: Place | undefined): string | null {
  return place ? `${place.stretch}-${place.key}-${place.id}` : null;
}

/** One more than a page, from the cursor on; the second stretch is only read when the first one ends. */
async function readRows(
  shop: Shop,
  filter: OrderFilter,
  { size, isBackward, cursor }: From & { size: number },
): Promise<Place[]> {
  const conditions = await readConditions(shop, filter);
  if (conditions.length === 0) return [];
  const all = stretches[filter.sort].map((stretch, index) => ({ stretch, index }));
  if (isBackward) all.reverse();
  const found: Place[] = [];
  for (const { stretch, index } of all) {
    if (cursor && (isBackward ? index > cursor.stretch : index < cursor.stretch)) continue;
    const limit = size + 1 - found.length;
    if (limit === 0) break;
    const from = { isBackward, cursor: cursor?.stretch === index ? cursor : null };
    const rows = await readWithin<{ id: number; key: string }>(
      shop.db,
      patienceMs,
      rowsOf(stretch, conditions, { ...from, limit }),
    );
    if (!rows) throw new AppError("filter_too_wide");
    found.push(...rows.map((row) => ({ ...row, stretch: index })));
  }
  return found;
}

/** Each meaning of a search walks an index of its own, no further than a page; what they find is merged. */
function rowsOf(
  { holds, key, isTime, isDescending }: Stretch,
  conditions: SQL[],
  { isBackward, cursor, limit }: From & { limit: number },
): SQL {
  const direction = isDescending === isBackward ? sql`ASC` : sql`DESC`;
  const value = isTime
    ? sql`timestamptz 'epoch' + ${cursor?.key ?? 0}::bigint * interval '1 microsecond'`
    : sql`${cursor?.key ?? 0}::bigint`;
  const beyond = cursor
    ? sql`(${key}, o.id) ${isDescending === isBackward ? sql`>` : sql`<`} (${value}, ${cursor.id}::bigint)`
    : sql`true`;
  const found = conditions.map(
    (condition) => sql`(SELECT o.id, ${key} AS key FROM orders o WHERE ${holds} AND ${condition} AND ${beyond}
      ORDER BY ${key} ${direction}, o.id ${direction} LIMIT ${limit})`,
  );
  const written = isTime ? sql`(extract(epoch FROM page.key) * 1000000)::bigint` : sql`page.key`;
  return sql`SELECT page.id::float8 AS id, ${written}::text AS key FROM (${sql.join(found, sql` UNION `)}) page
    ORDER BY page.key ${direction}, page.id ${direction} LIMIT ${limit}`;
}
