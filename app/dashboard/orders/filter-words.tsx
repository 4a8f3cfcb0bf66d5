import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import type { ProductName } from "@/lib/catalog/name-products";
import { type OrderFilter, writeOrderFilter } from "@/lib/orders/order-filter";

/** What a filter asks for, in the reader's words. */
export function useFilterWords() {
  const t = useTranslations("lists.filters");
  const status = useTranslations("common.orderStatus");
  const locale = useLocale();

  const deadline = (value: string) => {
    const hours = /^(\d+)h$/.exec(value)?.[1];
    if (hours) return t("deadline.within", { hours });
    return t(`deadline.${value === "late" || value === "running" ? value : "ended"}`);
  };
  const range = (from: string | null, to: string | null) => {
    if (from !== null && to !== null) return from === to ? from : t("range.between", { from, to });
    return from !== null ? t("range.from", { from }) : t("range.to", { to: to ?? "" });
  };
  const fen = (value: number | null) => (value === null ? null : formatFen(value, locale));

  return {
    deadline,
    /** One entry for each filter that is on: its name, what it asks for, and what takes it off. */
    active: (filter: OrderFilter, products: ProductName[]) => {
      const { status: wished, kind, refund, trade, from, to, minFen, maxFen, product, q } = filter;
      const written = writeOrderFilter(filter);
      const all: { name: string; text: string | null; off: Partial<OrderFilter> }[] = [
        { name: t("names.q"), text: q && t("quoted", { text: q }), off: { q: null } },
        { name: t("names.status"), text: wished && status(wished), off: { status: null } },
        {
          name: t("names.deadline"),
          text: written.deadline === undefined ? null : deadline(written.deadline),
          off: { deadline: null },
        },
        { name: t("names.refund"), text: refund && t(`refund.${refund}`), off: { refund: null } },
        { name: t("names.kind"), text: kind && t(`kind.${kind}`), off: { kind: null } },
        { name: t("names.trade"), text: trade && t(`trade.${trade}`), off: { trade: null } },
        {
          name: t("names.created"),
          text: from === null && to === null ? null : range(from, to),
          off: { from: null, to: null },
        },
        {
          name: t("names.total"),
          text: minFen === null && maxFen === null ? null : range(fen(minFen), fen(maxFen)),
          off: { minFen: null, maxFen: null },
        },
        {
          name: t("names.product"),
          text: product && (products.find(({ slug }) => slug === product)?.title ?? product),
          off: { product: null },
        },
      ];
      return all.flatMap(({ text, ...rest }) => (text === null ? [] : [{ ...rest, text }]));
    },
  };
}
