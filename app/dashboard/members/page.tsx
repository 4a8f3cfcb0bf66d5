import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { AppError } from "@/lib/http/app-error";
import { listMembers, type MemberPage } from "@/lib/members/list-members";
import { listTags } from "@/lib/members/list-tags";
import {
  allMembers,
  type MemberFilter,
  readMemberFilter,
  writeMemberFilter,
} from "@/lib/members/member-filter";
import { shop } from "@/lib/shop";
import { deskClock } from "../desk-settings";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, hrefOf, type SearchParams } from "../parts/query";
import { refusalText } from "../parts/refusal-text";
import { Tabs } from "../parts/tabs";
import { MemberFilters, MemberSearch } from "./member-filters";
import { MemberTable } from "./member-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("members") };
}

const path = "/dashboard/members";

/** What staff look for most, each a filter of its own. */
const views = {
  all: {},
  ordered: { hasOrders: true },
  wechat: { kind: "wechat" },
  guest: { kind: "guest" },
  blocked: { state: "blocked" },
  erased: { state: "erased" },
} as const satisfies Record<string, Partial<MemberFilter>>;
const viewNames = Object.keys(views) as (keyof typeof views)[];

export default async function MembersPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const { filter, madeUp } = readMemberFilter(query);
  const cursor = { before: cursorOf(query.before), after: cursorOf(query.after) };
  const hrefTo = (but: Partial<MemberFilter> = {}, page = {}) =>
    hrefOf(path, { ...writeMemberFilter({ ...filter, ...but }), ...page });
  await requireStaffOnPage("members.read", hrefTo({}, cursor));

  const t = await getTranslations();
  const [page, tags, clock] = await Promise.all([readPage(filter, cursor), listTags(shop()), deskClock()]);
  const plain = { kind: null, state: null, hasOrders: false };
  return (
    <>
      <PageHeading title={t("desk.nav.members")}>
        <div className="flex w-full flex-wrap items-start gap-2 sm:w-auto">
          <MemberSearch filter={filter} />
          <ExportLinks list="members" query={writeMemberFilter(filter)} />
        </div>
      </PageHeading>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <Tabs
          label={t("members.list.filter")}
          tabs={viewNames.map((view) => ({
            label: t(`members.list.views.${view}`),
            href: hrefTo({ ...plain, ...views[view] }),
            current: isSame({ ...plain, ...views[view] }, filter),
          }))}
        />
        <MemberFilters filter={filter} tags={tags} />
      </div>
      {madeUp.length > 0 && (
        <p role="status" className="mt-3 text-warn">
          {t("desk.madeUpFilter")}
        </p>
      )}
      {filter.sort === "lastOrder" && (
        <p className="mt-3 text-s text-soft">{t("members.list.lastOrderHint")}</p>
      )}
      <div className="sheet mt-3">
        {"members" in page && page.members.length > 0 ? (
          <MemberTable members={page.members} clock={clock} />
        ) : (
          <None filter={filter} refusal={"refusal" in page ? page.refusal : null} />
        )}
      </div>
      {"members" in page && (
        <Pager
          newer={page.newer === null ? null : hrefTo({}, { after: page.newer })}
          older={page.older === null ? null : hrefTo({}, { before: page.older })}
        />
      )}
    </>
  );
}

/** A filter that takes too long is told on the page, with the filter still there to be narrowed. */
async function readPage(
  filter: MemberFilter,
  cursor: { before?: number; after?: number },
): Promise<MemberPage | { refusal: string }> {
  try {
    return await listMembers(shop(), filter, cursor);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { refusal: refusalText(await getLocale(), error) };
  }
}

function isSame(view: Pick<MemberFilter, "kind" | "state" | "hasOrders">, filter: MemberFilter): boolean {
  return view.kind === filter.kind && view.state === filter.state && view.hasOrders === filter.hasOrders;
}

async function None({ filter, refusal }: { filter: MemberFilter; refusal: string | null }) {
  const t = await getTranslations("members.list");
  const isFiltered = Object.keys(writeMemberFilter({ ...filter, sort: allMembers.sort })).length > 0;
  const showAll = isFiltered && (
    <Link href={path} prefetch={false}>
      {t("showAll")}
    </Link>
  );
  if (refusal) return <Empty title={refusal}>{showAll}</Empty>;
  if (filter.q)
    return (
      <Empty title={t("noneFound")}>
        {t("noneFoundHint")} {showAll}
      </Empty>
    );
  return <Empty title={isFiltered ? t("noneLike") : t("none")}>{isFiltered ? showAll : t("noneHint")}</Empty>;
}
