import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DeskClock } from "../desk-settings";
import { Empty } from "../parts/heading";
import { dayAgo } from "./date-presets";
import {
  isFiltered,
  type ListAddress,
  listHref,
  ordersPath,
  withFilter,
  withoutFilter,
} from "./list-address";

type Props = { address: ListAddress; clock: DeskClock };

/** A list with nothing in it: a new shop is told what comes next, a search what else to try. */
export function NothingFound({ address, isBeyond }: { address: ListAddress; isBeyond: boolean }) {
  const t = useTranslations("lists.empty");
  const { q } = address.filter;
  if (isBeyond)
    return (
      <Empty title={t("pageOver")}>
        <Way href={listHref(address)}>{t("toFirst")}</Way>
      </Empty>
    );
  if (!isFiltered(address.filter))
    return (
      <Empty title={t("new")}>
        {t("newHint")}
        <Ways>
          <Way href="/dashboard/products">{t("toProducts")}</Way>
          <Way href="/">{t("toShop")}</Way>
        </Ways>
      </Empty>
    );
  const onlyQ = withFilter(withoutFilter(address), { q });
  return (
    <Empty title={q ? t("notFound", { text: q }) : t("none")}>
      {q ? t("notFoundHint") : t("noneHint")}
      <Ways>
        {q && listHref(onlyQ) !== listHref(address) && <Way href={listHref(onlyQ)}>{t("everywhere")}</Way>}
        <Way href={listHref(withoutFilter(address))}>{t("showAll")}</Way>
      </Ways>
    </Empty>
  );
}

/** The filter reads more rows than there is time for: what narrows it, one press each. */
export function TooWide({ address, clock }: Props) {
  const t = useTranslations("lists.tooWide");
  const { filter } = address;
  const since = (days: number) => listHref(withFilter(address, { from: dayAgo(days, clock), to: null }));
  return (
    <div role="alert">
      <Empty title={t("title")}>
        {t("hint")}
        <Ways>
          <Way href={since(29)}>{t("month")}</Way>
          <Way href={since(6)}>{t("week")}</Way>
          {filter.sort !== "newest" && (
            <Way href={listHref(withFilter(address, { sort: "newest" }))}>{t("newest")}</Way>
          )}
          {filter.status === null && (
            <Way href={listHref(withFilter(address, { status: "paid" }))}>{t("paid")}</Way>
          )}
          <Way href={ordersPath}>{t("clear")}</Way>
        </Ways>
      </Empty>
    </div>
  );
}

function Ways({ children }: { children: ReactNode }) {
  return <span className="mt-3 flex flex-wrap justify-center gap-x-4 gap-y-2">{children}</span>;
}

function Way({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="button">
      {children}
    </Link>
  );
}
