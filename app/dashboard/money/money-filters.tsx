import Link from "next/link";
import { useTranslations } from "next-intl";
import { receiptVerdicts } from "@/lib/db/schema/receipts";
import type { MoneyQuery } from "@/lib/receipts/money-query";
import { FilterDay, FilterSearch, FilterSelect } from "../parts/filter-fields";
import { allMoney, moneyHref, moneyPath } from "./money-address";

/** What an order's payment is called only once it is one: nothing that waits is. */
const waitingVerdicts = receiptVerdicts.filter((verdict) => verdict !== "settling");

export function MoneyFilters({ query }: { query: MoneyQuery }) {
  const t = useTranslations("desk.money");
  const { state, verdict, from, to, q } = query;
  const verdicts = state === "done" ? receiptVerdicts : waitingVerdicts;
  const isFiltered = verdict !== null || from !== null || to !== null || q !== null;
  return (
    <form action={moneyPath} className="mt-3 grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap">
      {state !== "waiting" && <input type="hidden" name="state" value={state} />}
      <FilterDay name="from" label={t("from")} value={from} />
      <FilterDay name="to" label={t("to")} value={to} />
      <FilterSelect
        name="verdict"
        label={t("kind")}
        value={verdict}
        all={t("all")}
        choices={verdicts.map((value) => ({ value, label: t(`verdicts.${value}`) }))}
      />
      <FilterSearch label={t("search")} hint={t("searchHint")} value={q} />
      <button type="submit" className="button">
        {t("apply")}
      </button>
      {isFiltered && (
        <Link className="button quiet" href={moneyHref({ ...allMoney, state })} prefetch={false}>
          {t("showAll")}
        </Link>
      )}
    </form>
  );
}
