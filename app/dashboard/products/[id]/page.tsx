import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { findProductForDesk } from "@/lib/catalog/find-product-for-desk";
import { listStockMoves } from "@/lib/catalog/list-stock-moves";
import { listCategoriesForDesk } from "@/lib/categories/list-categories-for-desk";
import { listContents } from "@/lib/deliveries/list-contents";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../../desk-settings";
import { ActionPanel } from "../../parts/action-panel";
import { PageHeading, Section } from "../../parts/heading";
import { QueuePager } from "../../parts/pager";
import { cursorOf, firstOf, hrefOf, type SearchParams } from "../../parts/query";
import { initialState } from "../form/form-state";
import { ProductForm } from "../form/product-form";
import { typedFrom } from "../form/typed-product";
import { SaleMark } from "../sale-mark";
import { actOnProduct } from "./act";
import { Arrived } from "./arrived";
import { DeliveredAs } from "./delivered-as";
import { Pictures } from "./pictures";
import { ProductFacts } from "./product-facts";
import { SaleForm } from "./sale-form";
import { StockHistory } from "./stock-history";
import { StockTable } from "./stock-table";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = await findProductForDesk(shop(), cursorOf((await params).id) ?? 0);
  return { title: product?.title ?? (await getTranslations("desk.nav"))("products") };
}

/** One product: its words and variants in one form, its pictures, and what there is of it, with the history. */
export default async function ProductPage({ params, searchParams }: Props) {
  const [id, query] = [cursorOf((await params).id) ?? 0, await searchParams];
  const path = `/dashboard/products/${id}`;
  const before = cursorOf(query.moves);
  const staff = await requireStaffOnPage("products.read", hrefOf(path, { moves: before }));
  const product = await findProductForDesk(shop(), id);
  if (!product) notFound();

  const t = await getTranslations("products");
  const [{ moves, older }, contents, clock, categories] = await Promise.all([
    listStockMoves(shop(), { productId: id, before }),
    product.kind === "virtual" ? listContents(shop(), { productId: id }) : null,
    deskClock(),
    listCategoriesForDesk(shop()),
  ]);
  const mayEdit = isAllowed(staff.role, "products.edit");
  const usedIds = product.variants.filter(({ isUsed }) => isUsed).map((variant) => String(variant.id));
  return (
    <ActionPanel action={actOnProduct}>
      <PageHeading title={product.title}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <SaleMark onSale={product.onSale} />
          {mayEdit && <SaleForm product={product} />}
          {product.onSale && (
            <Link href={`/products/${encodeURIComponent(product.slug)}`}>{t("inShop")}</Link>
          )}
          <Link href="/dashboard/products" prefetch={false}>
            {t("back")}
          </Link>
        </div>
      </PageHeading>
      <Arrived done={firstOf(query.done)} problem={firstOf(query.problem)} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section id="words" title={t("sections.words")}>
          {mayEdit ? (
            <ClientTexts
              pick={({ products }) => ({ products: { form: products.form, kinds: products.kinds } })}
            >
              <ProductForm
                productId={id}
                initial={initialState(typedFrom(product), product.version)}
                usedIds={usedIds}
                stocks={Object.fromEntries(product.variants.map((one) => [one.id, one.onHand]))}
                categories={categories}
              />
            </ClientTexts>
          ) : (
            <ProductFacts
              product={product}
              category={categories.find((one) => one.id === product.categoryId)?.title ?? null}
            />
          )}
        </Section>
        <div className="grid min-w-0 gap-4">
          <Section id="pictures" title={t("sections.pictures")}>
            <ClientTexts pick={({ products }) => ({ products: { pictures: products.pictures } })}>
              <Pictures product={product} mayEdit={mayEdit} />
            </ClientTexts>
          </Section>
          {contents && (
            <Section id="delivered-as" title={t("sections.deliveredAs")}>
              <DeliveredAs productId={id} contents={contents.contents} mayEdit={mayEdit} />
            </Section>
          )}
        </div>
        <div className="grid min-w-0 gap-4 lg:col-span-2">
          <Section id="stock" title={t("sections.stock")}>
            <StockTable product={product} mayAdjust={isAllowed(staff.role, "stock.adjust")} />
          </Section>
          <Section id="history" title={t("sections.history")}>
            {moves.length > 0 ? (
              <StockHistory moves={moves} clock={clock} />
            ) : (
              <p className="px-4 py-3 text-soft">{t("history.none")}</p>
            )}
          </Section>
          <QueuePager
            first={before === undefined ? null : `${path}#history`}
            next={older === null ? null : `${hrefOf(path, { moves: older })}#history`}
          />
        </div>
      </div>
    </ActionPanel>
  );
}
