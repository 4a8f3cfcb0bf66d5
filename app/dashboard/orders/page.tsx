import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listOrders } from "@/lib/orders/list-orders";
import { readOrderFilter, writeOrderFilter } from "@/lib/orders/order-filter";
import { orderStatuses } from "@/lib/orders/state";
import { shop } from "@/lib/shop";
import { deskClock } from "../desk-settings";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import { firstOf, hrefOf, type SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { OrderTable } from "./order-table";
import { SearchForm } from "./search-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("orders") };
}

const path = "/dashboard/orders";

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const { filter, madeUp } = readOrderFilter(query);
  const { status, q: search } = filter;
  const wished = writeOrderFilter(filter);
  const at = { before: firstOf(query.before) ?? undefined, after: firstOf(query.after) ?? undefined };
  await requireStaffOnPage("orders.read", hrefOf(path, { ...wished, ...at }));

  const t = await getTranslations();
  const page = await listOrders(shop(), filter, at);
  const clock = await deskClock();
  const to = (more: { before?: string; after?: string }) => hrefOf(path, { ...wished, ...more });
  return (
    <>
      <PageHeading title={t("desk.nav.orders")}>
        <SearchForm search={search} status={status} />
      </PageHeading>
      <Tabs
        label={t("desk.orders.filter")}
        tabs={[null, ...orderStatuses].map((value) => ({
          label: value === null ? t("desk.orders.all") : t(`common.orderStatus.${value}`),
          href: hrefOf(path, { ...wished, status: value }),
          current: value === status,
        }))}
      />
      {madeUp.length > 0 && (
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
            {Object.keys(wished).length > 0 && (
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
