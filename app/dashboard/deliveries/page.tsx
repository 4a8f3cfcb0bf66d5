import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { boardStates } from "@/lib/deliveries/board-filter";
import { countBoard } from "@/lib/deliveries/count-board";
import { listBoard } from "@/lib/deliveries/list-board";
import { shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { listPackers } from "@/lib/staff/list-packers";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../desk-settings";
import { ActionForm, ActionPanel } from "../parts/action-panel";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { QueuePager } from "../parts/pager";
import type { SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { actOnSelected } from "./act-on-selected";
import { BoardFilters } from "./board-filters";
import { BoardTable } from "./board-table";
import { boardHref, boardPath, filterOf, readQuery } from "./read-query";
import { WithSelected } from "./with-selected";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("deliveries") };
}

/** The deadline board: every paid order that WeChat has not heard of, worst first. */
export default async function DeliveriesPage({ searchParams }: { searchParams: SearchParams }) {
  const { isMadeUp, ...query } = readQuery(await searchParams);
  const staff = await requireStaffOnPage("orders.read", boardHref(query));

  const t = await getTranslations("desk");
  const filter = filterOf(query, staff.id);
  const [{ orders, more }, counts, packers, clock] = await Promise.all([
    listBoard(shop(), filter),
    countBoard(shop(), filter),
    listPackers(shop().db),
    deskClock(),
  ]);
  const { after, ...kept } = query;
  const isFiltered = kept.state !== null || kept.kind !== null || kept.person !== null;
  const mayShip = isAllowed(staff.role, "orders.ship");
  const table = orders.length > 0 && (
    <div className="sheet">
      <BoardTable orders={orders} clock={clock} maySelect={mayShip} />
    </div>
  );
  return (
    <>
      <PageHeading title={t("nav.deliveries")} note={t("board.note")}>
        <div className="flex flex-wrap items-end gap-2">
          <BoardFilters query={kept} packers={packers} mayShip={mayShip} />
          <ExportLinks list="deliveries" query={kept} />
        </div>
      </PageHeading>
      <p className="mb-3 flex flex-wrap gap-x-4">
        {mayShip && (
          <Link href="/dashboard/deliveries/import" prefetch={false}>
            {t("batches.import.title")}
          </Link>
        )}
        {isAllowed(staff.role, "products.edit") && (
          <Link href="/dashboard/deliveries/contents" prefetch={false}>
            {t("contents.title")}
          </Link>
        )}
      </p>
      <Tabs
        label={t("board.filter")}
        tabs={[null, ...boardStates].map((state) => ({
          label: t("board.counted", {
            state: t(`board.states.${state ?? "all"}`),
            count: atMost(counts[state ?? "all"]),
          }),
          href: boardHref({ ...kept, state }),
          current: state === kept.state,
        }))}
      />
      {isMadeUp && (
        <p role="status" className="mt-3 text-warn">
          {t("madeUpFilter")}
        </p>
      )}
      <div className="mt-3">
        {mayShip ? (
          <ActionPanel action={actOnSelected}>
            {table && (
              <ActionForm form="board">
                {table}
                <WithSelected packers={packers} />
              </ActionForm>
            )}
          </ActionPanel>
        ) : (
          table
        )}
        {!table && (
          <div className="sheet">
            <Empty title={isFiltered ? t("board.noneFiltered") : t("board.none")}>
              {isFiltered ? (
                <Link href={boardPath} prefetch={false}>
                  {t("board.showAll")}
                </Link>
              ) : (
                t("board.noneHint")
              )}
            </Empty>
          </div>
        )}
      </div>
      <QueuePager
        first={after ? boardHref(kept) : null}
        next={more ? boardHref({ ...kept, after: more }) : null}
      />
    </>
  );
}

function atMost(count: number): string {
  return count < countedAtMost ? String(count) : `${countedAtMost - 1}+`;
}
