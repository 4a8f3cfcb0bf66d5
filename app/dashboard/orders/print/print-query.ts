import { firstOf, oneOf, type SearchParams } from "../../parts/query";

export const printForms = ["order", "slip", "receipt"] as const;
export type PrintForm = (typeof printForms)[number];

/** One order a page: more than this is a batch that a browser should not lay out at once. */
export const mostPrinted = 100;

/** What is printed, and of which orders, in the order they were asked for. `left` of them are too many. */
export type PrintQuery = { form: PrintForm; orderNos: string[]; left: number; isMadeUp: boolean };

export function readPrintQuery(query: Awaited<SearchParams>): PrintQuery {
  const wished = [...new Set([query.order ?? []].flat())];
  const known = wished.filter((number) => /^[0-9A-Za-z]{1,32}$/.test(number));
  const form = oneOf(query.form, printForms);
  return {
    form: form ?? "order",
    orderNos: known.slice(0, mostPrinted),
    left: Math.max(0, known.length - mostPrinted),
    isMadeUp: firstOf(query.form) !== form || known.length < wished.length,
  };
}

export function printHref(form: PrintForm, orderNos: string[]): string {
  const orders = orderNos.map((orderNo) => ["order", orderNo]);
  return `/dashboard/orders/print?${new URLSearchParams([["form", form], ...orders])}`;
}
