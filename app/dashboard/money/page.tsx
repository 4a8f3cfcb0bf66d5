import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listMoney } from "@/lib/receipts/list-money";
import { moneyStates } from "@/lib/receipts/money-filter";
import { moneyFilterOf, readMoneyQuery, writeMoneyQuery } from "@/lib/receipts/money-query";
import { countMoney, type MoneySum, sumMoney } from "@/lib/receipts/sum-money";
import { shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { ActionPanel } from "../parts/action-panel";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { allMoney, moneyHref } from "./money-address";
import { MoneyFilters } from "./money-filters";
import { MoneyTable } from "./money-table";
import { settleMoney } from "./settle-money";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("money") };
}

/** Money that WeChat took and that paid no order: what waits, what somebody has to decide, and what became of the rest. */
export default async function MoneyPage({ searchParams }: { searchParams: SearchParams }) {
  const parameters = await searchParams;
  const { query, madeUp } = readMoneyQuery(parameters);
  const before = cursorOf(parameters.before);
  const staff = await requireStaffOnPage("money.read", moneyHref(query, before));

  const t = await getTranslations("desk");
  const clock = await deskClock();
  const filter = moneyFilterOf(query, clock.timeZone);
  const [{ money, older }, sum, counts] = await Promise.all([
    listMoney(shop(), { ...filter, before }),
    sumMoney(shop(), filter),
    countMoney(shop()),
  ]);
  const { state: _, ...filters } = query;
  const isFiltered = Object.values(filters).some((value) => value !== null);
  return (
    <>
      <PageHeading title={t("nav.money")} note={t("money.note")}>
        <ExportLinks list="money" query={writeMoneyQuery(query)} />
      </PageHeading>
      <Tabs
        label={t("money.filter")}
        tabs={moneyStates.map((state) => ({
          label: t("money.counted", { state: t(`money.states.${state}`), count: atMost(counts[state]) }),
          href: moneyHref({ ...allMoney, state }),
          current: query.q === null && state === query.state,
        }))}
      />
      <MoneyFilters query={query} />
      {madeUp.length > 0 && (
        <p role="status" className="mt-3 text-warn">
          {t("madeUpFilter")}
        </p>
      )}
      {money.length > 0 && <Sum sum={sum} />}
      <div className="mt-2">
        <ActionPanel action={settleMoney}>
          <div className="sheet">
            {money.length > 0 ? (
              <MoneyTable money={money} clock={clock} maySettle={isAllowed(staff.role, "money.settle")} />
            ) : (
              <Empty title={isFiltered ? t("money.noneFiltered") : t(`money.none.${query.state}`)}>
                {isFiltered ? t("money.noneFilteredHint") : t(`money.noneHint.${query.state}`)}
              </Empty>
            )}
          </div>
        </ActionPanel>
      </div>
      <Pager
        newer={before === undefined ? null : moneyHref(query)}
        older={older === null ? null : moneyHref(query, older)}
      />
    </>
  );
}

/** How much it is together, where all of it was counted. */
async function Sum({ sum }: { sum: MoneySum }) {
  const t = await getTranslations("desk.money");
  const locale = await getLocale();
  const { count, totalFen, leftFen, foreign } = sum;
  return (
    <p className="mt-3 text-s text-soft tabular-nums">
      {totalFen === null || leftFen === null
        ? t("sumMany", { count: countedAtMost - 1 })
        : t("sum", { count, total: formatFen(totalFen, locale), left: formatFen(leftFen, locale) })}
      {foreign > 0 && ` ${t("foreign", { count: foreign })}`}
    </p>
  );
}

function atMost(count: number): string {
  return count < countedAtMost ? String(count) : `${countedAtMost - 1}+`;
}
