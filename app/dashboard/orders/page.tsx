import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { nameProducts } from "@/lib/catalog/name-products";
import { writeOrderFilter } from "@/lib/orders/order-filter";
import { shop } from "@/lib/shop";
import { listPackers } from "@/lib/staff/list-packers";
import { isAllowed } from "@/lib/staff/rights";
import { listViews } from "@/lib/views/list-views";
import { deskClock } from "../desk-settings";
import { ActionForm, ActionPanel } from "../parts/action-panel";
import { ExportLinks } from "../parts/export-links";
import { PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { firstOf, type SearchParams } from "../parts/query";
import { actOnOrders } from "./act-on-orders";
import { DatePresets } from "./date-presets";
import { FilterChips } from "./filter-chips";
import { HowMany } from "./how-many";
import { KeysHelp } from "./keys-help";
import { listHref, readAddress } from "./list-address";
import { LookPanel } from "./look-panel";
import { MadeUpFilters } from "./made-up";
import { NothingFound, TooWide } from "./nothing-found";
import { OrderFilters } from "./order-filters";
import { OrderSearch } from "./order-search";
import { OrderTable } from "./order-table";
import { readCounts } from "./read-counts";
import { readPage } from "./read-page";
import { selectAllId } from "./select-all-id";
import { StatusTabs } from "./status-tabs";
import { ViewLinks } from "./view-links";
import { ViewsPanel } from "./views-panel";
import { deedsOf, WithSelected } from "./with-selected";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("orders") };
}

/** Every order there is: filters, order and look are the address. */
export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const { madeUp, ...address } = readAddress(params);
  const cursor = { before: firstOf(params.before), after: firstOf(params.after) };
  const here = listHref(address, cursor);
  const staff = await requireStaffOnPage("orders.read", here);

  const t = await getTranslations();
  const deeds = deedsOf(staff.role);
  const { db } = shop();
  const [page, counts, products, views, packers, clock] = await Promise.all([
    readPage(address.filter, cursor),
    readCounts(address.filter),
    nameProducts(db),
    listViews(db, staff.id),
    deeds.includes("assign") ? listPackers(db) : [],
    deskClock(),
  ]);
  const table = page !== "tooWide" && page.orders.length > 0 && (
    <div className="sheet">
      <OrderTable orders={page.orders} address={address} clock={clock} maySelect={deeds.length > 0} />
    </div>
  );
  return (
    <>
      <PageHeading title={t("desk.nav.orders")}>
        <OrderSearch address={address} />
      </PageHeading>
      <div className="grid grid-cols-1 gap-2">
        <ViewLinks address={address} views={views} />
        <div className="flex flex-wrap items-center justify-between gap-2">
          <div className="min-w-0 max-w-full">
            <StatusTabs address={address} counts={counts.statuses} />
          </div>
          <div className="panels flex flex-wrap gap-2 max-[1199px]:basis-full">
            <OrderFilters address={address} products={products} />
            <LookPanel address={address} />
            <ViewsPanel address={address} views={views} mayTidy={isAllowed(staff.role, "staff.manage")} />
            <ExportLinks list="orders" query={writeOrderFilter(address.filter)} />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {table && deeds.length > 0 && <div id={selectAllId} />}
          <HowMany found={page === "tooWide" ? null : counts.found} />
          <DatePresets address={address} clock={clock} />
          <FilterChips address={address} products={products} />
          <div className="ms-auto">
            <KeysHelp maySelect={deeds.length > 0} />
          </div>
        </div>
      </div>
      <MadeUpFilters madeUp={madeUp} />
      <div className="mt-2">
        {deeds.length > 0 ? (
          <ActionPanel action={actOnOrders} key={here}>
            {table && (
              <ActionForm form="orders">
                {table}
                <WithSelected deeds={deeds} packers={packers} />
              </ActionForm>
            )}
          </ActionPanel>
        ) : (
          table
        )}
        {!table && (
          <div className="sheet">
            {page === "tooWide" ? (
              <TooWide address={address} clock={clock} />
            ) : (
              <NothingFound address={address} isBeyond={(cursor.before ?? cursor.after) !== null} />
            )}
          </div>
        )}
      </div>
      {page !== "tooWide" && (
        <Pager
          newer={page.newer && listHref(address, { after: page.newer })}
          older={page.older && listHref(address, { before: page.older })}
        />
      )}
    </>
  );
}
