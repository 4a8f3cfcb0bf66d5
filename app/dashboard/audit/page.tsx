import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readAuditFilter } from "@/lib/audit/audit-filter";
import { findChainHead } from "@/lib/audit/find-chain-head";
import { listEntries } from "@/lib/audit/list-entries";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { shop } from "@/lib/shop";
import { listEverybody } from "@/lib/staff/list-people";
import { deskClock } from "../desk-settings";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, hrefOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";
import { ChainPanel } from "./chain-panel";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("audit") };
}

const path = "/dashboard/audit";
const tabs = ["all", "refused", "exports"] as const;
const tabActions = { all: null, refused: "staff.refused", exports: "list.export" } as const;

/** Who did what, when, from where; and whether anybody has changed that since. */
export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const { filter, madeUp } = readAuditFilter(query);
  const before = cursorOf(query.before);
  await requireStaffOnPage("audit.read", hrefOf(path, { ...filter, before }));

  const t = await getTranslations("audit");
  const words = await getTranslations("desk");
  const [{ entries, older }, head, people, clock] = await Promise.all([
    listEntries(shop(), filter, { before }),
    findChainHead(shop()),
    listEverybody(shop()),
    deskClock(),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (
    <>
      <PageHeading title={words("nav.audit")} note={t("note")}>
        <ExportLinks list="audit" query={filter} />
      </PageHeading>
      <ChainPanel head={head} behind={cursorOf(query.behind)} />
      <AuditFilters filter={filter} people={people} />
      <div className="mt-3">
        <Tabs
          label={t("filters.quick")}
          tabs={tabs.map((tab) => ({
            label: t(`tabs.${tab}`),
            href: hrefOf(path, { ...filter, action: tabActions[tab] }),
            current: filter.action === tabActions[tab],
          }))}
        />
      </div>
      {madeUp.length > 0 && (
        <p role="status" className="mt-3 text-warn">
          {words("madeUpFilter")}
        </p>
      )}
      <div className="sheet mt-3">
        {entries.length > 0 ? (
          <AuditTable entries={entries} people={names} clock={clock} />
        ) : (
          <Empty title={t("none")}>
            <Link href={path} prefetch={false}>
              {t("showAll")}
            </Link>
          </Empty>
        )}
      </div>
      <Pager
        newer={before === undefined ? null : hrefOf(path, filter)}
        older={older === null ? null : hrefOf(path, { ...filter, before: older })}
      />
    </>
  );
}
