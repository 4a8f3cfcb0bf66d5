import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { hasProducts, listProductsForDesk } from "@/lib/catalog/list-products-for-desk";
import { productStates } from "@/lib/catalog/product-filter";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { ExportLinks } from "../parts/export-links";
import { Empty, PageHeading } from "../parts/heading";
import { Pager } from "../parts/pager";
import type { SearchParams } from "../parts/query";
import { Tabs } from "../parts/tabs";
import { ProductFilters } from "./product-filters";
import { ProductTable } from "./product-table";
import { productsHref, productsPath, readQuery } from "./read-query";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("desk.nav"))("products") };
}

/** Everything that the shop sells or has sold, with what there is of it. */
export default async function ProductsPage({ searchParams }: { searchParams: SearchParams }) {
  const { isMadeUp, ...query } = readQuery(await searchParams);
  const staff = await requireStaffOnPage("products.read", productsHref(query));

  const mayEdit = isAllowed(staff.role, "products.edit");
  const t = await getTranslations("products");
  const desk = await getTranslations("desk");
  const { products, newer, older } = await listProductsForDesk(shop(), query);
  const { before, after, ...kept } = query;
  if (products.length === 0 && !(await hasProducts(shop()))) return <NoProductYet mayEdit={mayEdit} />;
  return (
    <>
      <PageHeading title={desk("nav.products")}>
        <div className="flex flex-wrap items-end gap-2">
          <ProductFilters query={kept} />
          <ExportLinks list="products" query={{ state: kept.state, kind: kept.kind, q: kept.search }} />
        </div>
      </PageHeading>
      {mayEdit && (
        <p className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Link href={`${productsPath}/new`} prefetch={false} className="button primary">
            {t("list.new")}
          </Link>
          <Link href={`${productsPath}/categories`} prefetch={false}>
            {t("categories.open")}
          </Link>
          <Link href="/dashboard/deliveries/contents" prefetch={false}>
            {desk("contents.title")}
          </Link>
        </p>
      )}
      <Tabs
        label={t("list.filter")}
        tabs={[null, ...productStates].map((state) => ({
          label: t(`states.${state ?? "all"}`),
          href: productsHref({ ...kept, state }),
          current: state === kept.state,
        }))}
      />
      {isMadeUp && (
        <p role="status" className="mt-3 text-warn">
          {desk("madeUpFilter")}
        </p>
      )}
      <div className="sheet mt-3">
        {products.length > 0 ? (
          <ProductTable products={products} />
        ) : (
          <Empty title={t("list.noneFound")}>
            {t("list.noneFoundHint")}{" "}
            <Link href={productsPath} prefetch={false}>
              {t("list.showAll")}
            </Link>
          </Empty>
        )}
      </div>
      <Pager
        newer={newer === null ? null : productsHref({ ...kept, after: newer })}
        older={older === null ? null : productsHref({ ...kept, before: older })}
      />
    </>
  );
}

async function NoProductYet({ mayEdit }: { mayEdit: boolean }) {
  const t = await getTranslations("products.list");
  const title = (await getTranslations("desk.nav"))("products");
  return (
    <>
      <PageHeading title={title} />
      <div className="sheet px-4 py-12 text-center">
        <p className="text-l font-semibold">{t("none")}</p>
        <p className="mx-auto mt-1 mb-4 max-w-[34em] text-soft">{t(mayEdit ? "noneHint" : "noneReadOnly")}</p>
        {mayEdit && (
          <Link href={`${productsPath}/new`} prefetch={false} className="button primary">
            {t("createFirst")}
          </Link>
        )}
      </div>
    </>
  );
}
