import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listMoney, waitingVerdicts } from "@/lib/receipts/list-money";
import { shop } from "@/lib/shop";
import { deskClock } from "../desk-settings";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { MoneyTable } from "./money-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("money") };
}

const path = "/dashboard/money";

export default async function MoneyPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const verdict = oneOf(query.verdict, waitingVerdicts);
  const before = cursorOf(query.before);
  await requireStaffOnPage("money.read", hrefOf(path, { verdict, before }));

  const t = await getTranslations("desk");
  const { money, older } = await listMoney(shop(), { verdict, before });
  return (
    <>
      <PageHeading title={t("nav.money")} note={t("money.note")} />
      <Tabs
        label={t("money.filter")}
        tabs={[null, ...waitingVerdicts].map((value) => ({
          label: value === null ? t("money.all") : t(`money.verdicts.${value}`),
          href: hrefOf(path, { verdict: value }),
          current: value === verdict,
        }))}
      />
      {firstOf(query.verdict) !== verdict && (
        <p role="status" className="mt-3 text-warn">
          {t("madeUpFilter")}
        </p>
      )}
      <div className="sheet mt-3">
        {money.length > 0 ? (
          <MoneyTable money={money} clock={await deskClock()} />
        ) : (
          <Empty title={t("money.none")}>{t("money.noneHint")}</Empty>
        )}
      </div>
      <Pager
        newer={before === undefined ? null : hrefOf(path, { verdict })}
        older={older === null ? null : hrefOf(path, { verdict, before: older })}
      />
    </>
  );
}
