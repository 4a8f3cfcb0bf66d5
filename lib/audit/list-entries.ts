import { and, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { dayAfter, startOfDay } from "@/lib/calendar/days";
import { auditEntries } from "@/lib/db/schema/audit";
import { orders } from "@/lib/db/schema/orders";
import { refunds } from "@/lib/db/schema/refunds";
import { staff } from "@/lib/db/schema/staff";
import { findOrderId } from "@/lib/orders/find-order-id";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { AuditFilter } from "./audit-filter";
import { auditActions } from "./write-entry";

export const auditPageSize = 50;

const person = alias(staff, "person");
const about = alias(staff, "about_person");

const listed = {
  id: auditEntries.id,
  at: auditEntries.at,
  staffId: auditEntries.staffId,
  person: person.name,
  action: auditEntries.action,
  subject: auditEntries.subject,
  subjectId: auditEntries.subjectId,
  /** The staff whose account it is about. */
  aboutPerson: about.name,
  orderNo: orders.orderNo,
  refundNo: refunds.outRefundNo,
  address: auditEntries.address,
  before: auditEntries.before,
  after: auditEntries.after,
  sealNo: auditEntries.sealNo,
  hash: auditEntries.hash,
};

export type ListedEntry = Awaited<ReturnType<typeof listEntries>>["entries"][number];

/** Who did what, newest first, one page; `older` is where the next one begins. */
export async function listEntries(
  shop: Shop,
  filter: AuditFilter,
  page: { before?: number; size?: number } = {},
) {
  const size = page.size ?? auditPageSize;
  const rows = await shop.db
    .select(listed)
    .from(auditEntries)
    .leftJoin(person, eq(person.id, auditEntries.staffId))
    .leftJoin(about, eq(about.id, idOf("staff")))
    .leftJoin(refunds, eq(refunds.id, idOf("refund")))
    .leftJoin(orders, eq(orders.id, auditEntries.orderId))
    .where(
      and(
        ...(await conditions(shop, filter)),
        page.before === undefined ? undefined : lt(auditEntries.id, page.before),
      ),
    )
    .orderBy(desc(auditEntries.id))
    .limit(size + 1);
  const entries = rows.slice(0, size);
  return { entries, older: rows.length > size ? (entries.at(-1)?.id ?? null) : null };
}

/** A subject's id as a number, for subjects of one kind; null for all others. */
function idOf(subject: "staff" | "refund"): SQL {
  return sql`CASE WHEN ${auditEntries.subject} = ${subject} AND ${auditEntries.subjectId} ~ '^\\d{1,15}$'
    THEN ${auditEntries.subjectId}::bigint END`;
}

async function conditions(shop: Shop, filter: AuditFilter): Promise<(SQL | undefined)[]> {
  const { timeZone } = await readSettings(shop.db);
  const { action, from, to } = filter;
  const actions = auditActions.filter((one) => one === action || one.startsWith(`${action}.`));
  return [
    filter.person === "none" ? isNull(auditEntries.staffId) : undefined,
    typeof filter.person === "number" ? eq(auditEntries.staffId, filter.person) : undefined,
    action ? inArray(auditEntries.action, actions) : undefined,
    filter.about ? await aboutSubject(shop, filter.about) : undefined,
    from ? gte(auditEntries.at, startOfDay(from, timeZone)) : undefined,
    to ? lt(auditEntries.at, startOfDay(dayAfter(to, 1), timeZone)) : undefined,
  ];
}

/** What concerns an order by any of its numbers; and what has this id or name itself. */
async function aboutSubject(shop: Shop, text: string): Promise<SQL | undefined> {
  const order = await findOrderId(shop, text);
  const itself = eq(auditEntries.subjectId, text);
  return order ? or(eq(auditEntries.orderId, order.id), itself) : itself;
}
