import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listOrders } from "@/lib/orders/list-orders";
import { orderStatuses } from "@/lib/orders/state";
import { shop } from "@/lib/shop";
import { deskClock } from "../desk-settings";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { OrderTable } from "./order-table";
import { SearchForm } from "./search-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("orders") };
}

const path = "/dashboard/orders";

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const status = oneOf(query.status, orderStatuses);
  const search = firstOf(query.q);
  const filter = { status, search, before: cursorOf(query.before), after: cursorOf(query.after) };
  await requireStaffOnPage(
    "orders.read",
    hrefOf(path, { status, q: search, before: filter.before, after: filter.after }),
  );

  const t = await getTranslations();
  const page = await listOrders(shop(), { ...filter, search: search?.replace(/[\s-]/g, "") || null });
  const clock = await deskClock();
  const to = (more: { before?: number | null; after?: number | null }) =>
    hrefOf(path, { status, q: search, ...more });
  const madeUp = firstOf(query.status) !== status;
  return (
    <>
      <PageHeading title={t("desk.nav.orders")}>
        <SearchForm search={search} status={status} />
      </PageHeading>
      <Tabs
        label={t("desk.orders.filter")}
        tabs={[null, ...orderStatuses].map((value) => ({
          label: value === null ? t("desk.orders.all") : t(`common.orderStatus.${value}`),
          href: hrefOf(path, { status: value, q: search }),
          current: value === status,
        }))}
      />
      {madeUp && (
        <p role="status" className="mt-3 text-warn">
          {t("desk.madeUpFilter")}
        </p>
      )}
      <div className="sheet mt-3">
        {page.orders.length > 0 ? (
          <OrderTable orders={page.orders} clock={clock} />
        ) : (
          <Empty title={search ? t("desk.orders.noneFound") : t("desk.orders.none")}>
            {search ? t("desk.orders.noneFoundHint") : t("desk.orders.noneHint")}{" "}
            {(search || status) && (
              <Link href={path} prefetch={false}>
                {t("desk.orders.showAll")}
              </Link>
            )}
          </Empty>
        )}
      </div>
      <Pager
        newer={page.newer === null ? null : to({ after: page.newer })}
        older={page.older === null ? null : to({ before: page.older })}
      />
    </>
  );
}
