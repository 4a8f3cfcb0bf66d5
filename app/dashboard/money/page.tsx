import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listMoney, waitingVerdicts } from "@/lib/receipts/list-money";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { ActionPanel } from "../parts/action-panel";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { MoneyTable } from "./money-table";
import { settleMoney } from "./settle-money";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("money") };
}

const path = "/dashboard/money";
const choices = [...waitingVerdicts, "done"] as const;

export default async function MoneyPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const chosen = oneOf(query.verdict, choices);
  const before = cursorOf(query.before);
  const staff = await requireStaffOnPage("money.read", hrefOf(path, { verdict: chosen, before }));

  const t = await getTranslations("desk");
  const done = chosen === "done";
  const { money, older } = await listMoney(shop(), {
    verdict: chosen === "done" ? null : chosen,
    done,
    before,
  });
  return (
    <>
      <PageHeading title={t("nav.money")} note={t("money.note")}>
        <ExportLinks list="money" query={{ verdict: chosen }} />
      </PageHeading>
      <Tabs
        label={t("money.filter")}
        tabs={[null, ...choices].map((value) => ({
          label: value === null ? t("money.all") : t(`money.verdicts.${value}`),
          href: hrefOf(path, { verdict: value }),
          current: value === chosen,
        }))}
      />
      {firstOf(query.verdict) !== chosen && (
        <p role="status" className="mt-3 text-warn">
          {t("madeUpFilter")}
        </p>
      )}
      <div className="mt-3">
        <ActionPanel action={settleMoney}>
          <div className="sheet">
            {money.length > 0 ? (
              <MoneyTable
                money={money}
                clock={await deskClock()}
                maySettle={isAllowed(staff.role, "money.settle")}
              />
            ) : (
              <Empty title={t("money.none")}>{t("money.noneHint")}</Empty>
            )}
          </div>
        </ActionPanel>
      </div>
      <Pager
        newer={before === undefined ? null : hrefOf(path, { verdict: chosen })}
        older={older === null ? null : hrefOf(path, { verdict: chosen, before: older })}
      />
    </>
  );
}
