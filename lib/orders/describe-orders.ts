import type { ProductKind } from "@/lib/db/schema/catalog";
import type { ClosedReason } from "@/lib/db/schema/orders";
import type { TradeType } from "@/lib/db/schema/payments";
import { clockOf, type OrderClock } from "@/lib/deliveries/clock";
import type { ReportFacts } from "@/lib/deliveries/standing";
import { maskName } from "@/lib/members/mask";
import type { Shop } from "@/lib/shop";
import { isGone, isUnderway, tradeType } from "./order-conditions";
import type { RefundFilter } from "./order-filter";
import type { OrderStatus } from "./state";

/** An order as the list shows it, personal data masked. */
export type ListedOrder = {
  id: number;
  orderNo: string;
  kind: ProductKind;
  status: OrderStatus;
  closedReason: ClosedReason | null;
  totalFen: number;
  /** What paid the order; money beyond that is owed. */
  paidFen: number;
  refundedFen: number;
  refund: RefundFilter;
  /** Received beyond what was asked, and not gone back yet. */
  oweFen: number;
  createdAt: Date;
  expiresAt: Date;
  paidAt: Date | null;
  /** Null for an order that never had one. */
  clock: OrderClock | null;
  /** Of the payment that paid it, else of the last attempt; null when nobody tried. */
  tradeType: TradeType | null;
  /** Of its first line. */
  title: string;
  lines: number;
  /** Pieces of all lines. */
  quantity: number;
  /** Null for what is delivered online. `phoneTail`: the last four digits. */
  recipient: { name: string; phoneTail: string; province: string; city: string } | null;
  /** Who of the staff packs it. */
  person: string | null;
  /** Whether the buyer wrote something for the shop. */
  hasNote: boolean;
  staffNotes: number;
  /** How often the buyer has asked to ship. */
  reminders: number;
};

/** The orders of these ids, in their order: one query, however many they are, planned once a connection. */
export async function describeOrders({ sql }: Shop, ids: number[]): Promise<ListedOrder[]> {
  if (ids.length === 0) return [];
  /** A number is read faster than a date is parsed. */
  const millis = (column: string) => sql.unsafe(`(extract(epoch FROM o.${column}) * 1000)::float8`);
  const rows = await sql<Row[]>`
    SELECT o.id::float8 AS id, o.order_no AS "orderNo", o.kind, o.status, o.closed_reason AS "closedReason", o.total_fen::float8 AS "totalFen",
        ${millis("created_at")} AS "createdAt", ${millis("expires_at")} AS "expiresAt", ${millis("paid_at")} AS "paidAt",
        ${millis("deliver_by")} AS "deliverBy", ${millis("clock_ended_at")} AS "clockEndedAt", o.reminders,
        o.note IS NOT NULL AS "hasNote", o.recipient ->> 'name' AS name, right(o.phone, 4) AS "phoneTail",
        o.recipient ->> 'province' AS province, o.recipient ->> 'city' AS city, packer.name AS person, ${sql.unsafe(tradeType)} AS "tradeType",
        (SELECT count(*)::int FROM staff_notes n WHERE n.order_id = o.id) AS "staffNotes", goods.*, money.*,
        report.status AS "reportStatus", report.deliver_status AS "deliverStatus", report.attempts
      FROM unnest(${ids}::bigint[]) WITH ORDINALITY wanted (id, place) JOIN orders o ON o.id = wanted.id
      LEFT JOIN staff packer ON packer.id = o.assigned_to
      LEFT JOIN receipts settling ON settling.order_id = o.id AND settling.verdict = 'settling'
      LEFT JOIN delivery_reports report ON report.receipt_id = settling.id
      CROSS JOIN LATERAL (SELECT (array_agg(l.title ORDER BY l.variant_id))[1] AS title, count(*)::int AS lines, sum(l.quantity)::int AS quantity,
          sum(l.shipped)::int AS shipped, sum(l.quantity - l.dropped)::int AS due
        FROM order_lines l WHERE l.order_id = o.id) goods
      CROSS JOIN LATERAL (SELECT coalesce(sum(r.total_fen) FILTER (WHERE pays), 0)::float8 AS "paidFen",
          coalesce(sum(back.gone) FILTER (WHERE pays), 0)::float8 AS "refundedFen",
          coalesce(sum(back.underway) FILTER (WHERE pays), 0)::float8 AS "underwayFen",
          coalesce(sum(r.total_fen - back.gone) FILTER (WHERE NOT pays), 0)::float8 AS "oweFen"
        FROM receipts r CROSS JOIN LATERAL (SELECT r.verdict = 'settling' AS pays) p
        CROSS JOIN LATERAL (SELECT coalesce(sum(f.refund_fen) FILTER (WHERE ${sql.unsafe(isGone)}), 0) AS gone,
            coalesce(sum(f.refund_fen) FILTER (WHERE ${sql.unsafe(isUnderway)}), 0) AS underway FROM refunds f WHERE f.receipt_id = r.id) back
        WHERE r.order_id = o.id AND r.verdict IN ('settling', 'surplus')) money
      ORDER BY wanted.place`;
  return rows.map(present);
}

type Plain =
  | "id"
  | "orderNo"
  | "kind"
  | "status"
  | "closedReason"
  | "totalFen"
  | "paidFen"
  | "refundedFen"
  | "oweFen"
  | "tradeType";
type Shown = "title" | "lines" | "quantity" | "person" | "hasNote" | "staffNotes" | "reminders";

type Row = Pick<ListedOrder, Plain | Shown> & {
  createdAt: number;
  expiresAt: number;
  paidAt: number | null;
  deliverBy: number | null;
  clockEndedAt: number | null;
  name: string | null;
  phoneTail: string | null;
  province: string | null;
  city: string | null;
  shipped: number;
  due: number;
  underwayFen: number;
  reportStatus: ReportFacts["status"] | null;
  deliverStatus: number | null;
  attempts: number | null;
};

function present(row: Row): ListedOrder {
  const {
    id,
    orderNo,
    kind,
    status,
    closedReason,
    totalFen,
    paidFen,
    refundedFen,
    oweFen,
    tradeType,
    reportStatus,
  } = row;
  const { title, lines, quantity, person, hasNote, staffNotes, reminders } = row;
  return {
    ...{ id, orderNo, kind, status, closedReason, totalFen, paidFen, refundedFen, oweFen, tradeType },
    ...{ title, lines, quantity, person, hasNote, staffNotes, reminders },
    refund: refundOf(row),
    createdAt: new Date(row.createdAt),
    expiresAt: new Date(row.expiresAt),
    paidAt: dateOf(row.paidAt),
    clock: clockOf({
      ...{ kind, closedReason },
      deliverBy: dateOf(row.deliverBy),
      clockEndedAt: dateOf(row.clockEndedAt),
      report: reportStatus && {
        status: reportStatus,
        deliverStatus: row.deliverStatus,
        attempts: row.attempts ?? 0,
      },
      isRefunded: paidFen > 0 && refundedFen >= paidFen,
      pieces: { shipped: row.shipped, of: row.due },
    }),
    recipient:
      row.name === null
        ? null
        : {
            name: maskName(row.name),
            phoneTail: row.phoneTail ?? "",
            province: row.province ?? "",
            city: row.city ?? "",
          },
  };
}

/** As the filter of the same name understands it; what is still under way is told first, it may need a hand. */
function refundOf({ paidFen, refundedFen, underwayFen }: Row): RefundFilter {
  if (underwayFen > 0) return "asked";
  if (refundedFen === 0) return "none";
  return refundedFen < paidFen ? "part" : "full";
}

function dateOf(millis: number | null): Date | null {
  return millis === null ? null : new Date(millis);
}
