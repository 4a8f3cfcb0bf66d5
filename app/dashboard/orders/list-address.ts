import { allOrders, type OrderFilter, readOrderFilter, writeOrderFilter } from "@/lib/orders/order-filter";
import { firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";

export const ordersPath = "/dashboard/orders";

/** What the list may show beside an order's number; the first six unless the address says otherwise. */
export const listColumns = [
  "status",
  "goods",
  "recipient",
  "total",
  "created",
  "deadline",
  "paid",
  "trade",
  "person",
] as const;
export type ListColumn = (typeof listColumns)[number];
const usualColumns: readonly ListColumn[] = listColumns.slice(0, 6);

const densities = ["comfortable", "compact"] as const;

/** How the list looks, apart from what is in it. */
export type Look = { isCompact: boolean; columns: readonly ListColumn[] };

export type ListAddress = { filter: OrderFilter; look: Look };

/** A parameter that means nothing, and what it said. */
export type MadeUp = { name: string; text: string };

type Params = Awaited<SearchParams>;

/** What the address asks for, as far as it is known; the rest is told, not an error. */
export function readAddress(params: Params): ListAddress & { madeUp: MadeUp[] } {
  const { filter, madeUp } = readOrderFilter(params);
  const { look, madeUp: madeUpLook } = readLook(params);
  const unknown = Object.keys(params).filter((name) => !isParameter(name));
  const names = [...new Set([...madeUp, ...madeUpLook, ...unknown])];
  return {
    filter,
    look,
    madeUp: names.slice(0, 10).map((name) => ({ name, text: (firstOf(params[name]) ?? "").slice(0, 40) })),
  };
}

/** The parameters by which a filter or a look is told. */
export const parameters = [
  ...["status", "kind", "deadline", "refund", "trade", "from", "to", "min", "max", "product", "q", "sort"],
  ...["density", "columns", "before", "after"],
] as const;

function isParameter(name: string): boolean {
  return parameters.some((known) => known === name);
}

function readLook(params: Params): { look: Look; madeUp: string[] } {
  const density = oneOf(params.density, densities);
  // A form sends each box on its own, a link all in one.
  const wished = [params.columns ?? []]
    .flat()
    .flatMap((text) => text.split(","))
    .filter(Boolean);
  const columns = listColumns.filter((column) => wished.includes(column));
  const isMadeUp = wished.some((name) => !listColumns.some((column) => column === name));
  return {
    look: { isCompact: density === "compact", columns: columns.length > 0 ? columns : usualColumns },
    madeUp: [...(firstOf(params.density) !== density ? ["density"] : []), ...(isMadeUp ? ["columns"] : [])],
  };
}

function writeLook({ isCompact, columns }: Look): Record<string, string> {
  const isUsual = `${columns}` === `${usualColumns}`;
  return { ...(isCompact && { density: "compact" }), ...(!isUsual && { columns: columns.join(",") }) };
}

/** The parameters of an address in one spelling. */
export function listQuery({ filter, look }: ListAddress): Record<string, string> {
  return { ...writeOrderFilter(filter), ...writeLook(look) };
}

export function listHref(
  address: ListAddress,
  cursor: { before?: string | null; after?: string | null } = {},
) {
  return hrefOf(ordersPath, { ...listQuery(address), ...cursor });
}

/** The same list with another filter. */
export function withFilter({ filter, look }: ListAddress, change: Partial<OrderFilter>): ListAddress {
  return { filter: { ...filter, ...change }, look };
}

export function isFiltered({ sort: _, ...filter }: OrderFilter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** Every order, in the same order and with the same look. */
export function withoutFilter({ filter, look }: ListAddress): ListAddress {
  return { filter: { ...allOrders, sort: filter.sort }, look };
}

/** An address as a saved view keeps it, from what a form or a row says. */
export function addressOf(query: string): ListAddress {
  const params: Params = {};
  for (const [name, value] of new URLSearchParams(query)) params[name] ??= value;
  const { filter, look } = readAddress(params);
  return { filter, look };
}
