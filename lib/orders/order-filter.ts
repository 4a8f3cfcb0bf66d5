import { type ProductKind, productKinds } from "@/lib/db/schema/catalog";
import { type TradeType, tradeTypes } from "@/lib/db/schema/payments";
import { type OrderStatus, orderStatuses } from "./state";

/** `asked`: a refund that nobody has decided or that is on its way. `part` and `full`: what has gone back already. */
export const refundFilters = ["none", "asked", "part", "full"] as const;
export type RefundFilter = (typeof refundFilters)[number];

/** Unpaid orders have no deadline and no time of payment: by those two they come last, newest first. */
export const orderSorts = ["newest", "oldest", "deadline", "paid", "amount", "amount-up"] as const;
export type OrderSort = (typeof orderSorts)[number];

const deadlineStates = ["late", "running", "ended"] as const;

/** A calendar day of the shop's time zone, "2026-11-27". */
export type Day = `${number}-${number}-${number}`;

/** Which orders the list shows, and in which order. Null means all. */
export type OrderFilter = {
  status: OrderStatus | null;
  kind: ProductKind | null;
  /** `withinHours`: the deadline is still ahead, but not for longer than that. */
  deadline: (typeof deadlineStates)[number] | { withinHours: number } | null;
  refund: RefundFilter | null;
  /** Of the payment that paid the order, else of the last attempt. */
  trade: TradeType | null;
  /** Of the order's creation; both days are inside. */
  from: Day | null;
  to: Day | null;
  /** Of the order's total; both are inside. */
  minFen: number | null;
  maxFen: number | null;
  /** A product's slug or a variant's SKU. */
  product: string | null;
  /** What was typed into the search, see lib/orders/order-search.ts. */
  q: string | null;
  sort: OrderSort;
};

export const allOrders: OrderFilter = {
  ...{ status: null, kind: null, deadline: null, refund: null, trade: null, from: null, to: null },
  ...{ minFen: null, maxFen: null, product: null, q: null, sort: "newest" },
};

const hoursAtMost = 720;
const textAtMost = 64;

type Query = Record<string, string | string[] | undefined>;

/**
 * The filter that an address asks for. What is made up or malformed is left out of it, and the parameter named in
 * `madeUp`. Amounts are yuan in an address ("12.50") and fen in a filter.
 */
export function readOrderFilter(query: Query): { filter: OrderFilter; madeUp: string[] } {
  const madeUp: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T | null): T | null => {
    const text = textOf(query[name]);
    const value = text === null ? null : parse(text);
    if (text !== null && value === null) madeUp.push(name);
    return value;
  };
  const filter: OrderFilter = {
    status: read("status", oneOf(orderStatuses)),
    kind: read("kind", oneOf(productKinds)),
    deadline: read("deadline", parseDeadline),
    refund: read("refund", oneOf(refundFilters)),
    trade: read("trade", oneOf(tradeTypes)),
    from: read("from", parseDay),
    to: read("to", parseDay),
    minFen: read("min", parseFen),
    maxFen: read("max", parseFen),
    product: read("product", short),
    q: read("q", short),
    sort: read("sort", oneOf(orderSorts)) ?? "newest",
  };
  if (filter.from && filter.to && filter.to < filter.from) {
    filter.to = null;
    madeUp.push("to");
  }
  if (filter.minFen !== null && filter.maxFen !== null && filter.maxFen < filter.minFen) {
    filter.maxFen = null;
    madeUp.push("max");
  }
  return { filter, madeUp };
}

/** The parameters of an address that asks for this filter: one spelling each, and none for what is not filtered. */
export function writeOrderFilter(filter: OrderFilter): Record<string, string> {
  const { deadline, minFen, maxFen, sort, ...words } = filter;
  const query = {
    ...words,
    deadline: deadline !== null && typeof deadline === "object" ? `${deadline.withinHours}h` : deadline,
    min: writeFen(minFen),
    max: writeFen(maxFen),
    sort: sort === "newest" ? null : sort,
  };
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function textOf(value: string | string[] | undefined): string | null {
  const text = (Array.isArray(value) ? value[0] : value)?.replace(/\p{Cc}/gu, "").trim();
  return text || null; // A form sends what was left empty, too.
}

function oneOf<T extends string>(known: readonly T[]): (text: string) => T | null {
  return (text) => known.find((item) => item === text) ?? null;
}

function short(text: string): string | null {
  return text.length <= textAtMost && text.isWellFormed() ? text : null;
}

function parseDeadline(text: string): OrderFilter["deadline"] {
  const state = oneOf(deadlineStates)(text);
  if (state) return state;
  const hours = Number(/^([1-9]\d{0,2})h$/.exec(text)?.[1]);
  return hours <= hoursAtMost ? { withinHours: hours } : null;
}

function parseDay(text: string): Day | null {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? (text as Day) : null;
}

/** Full-width digits, a yuan sign and thousands' commas are how people paste amounts. */
function parseFen(text: string): number | null {
  const [, yuan, part = ""] =
    /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.normalize("NFKC").replace(/[¥,\s]/g, "")) ?? [];
  return yuan ? Number(yuan) * 100 + Number(part.padEnd(2, "0")) : null;
}

function writeFen(fen: number | null): string | null {
  if (fen === null) return null;
  const part = String(fen % 100).padStart(2, "0");
  return part === "00" ? String(fen / 100) : `${Math.floor(fen / 100)}.${part}`;
}
