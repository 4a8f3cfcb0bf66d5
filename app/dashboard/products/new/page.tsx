import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientTexts } from "@/app/i18n/client-texts";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listCategoriesForDesk } from "@/lib/categories/list-categories-for-desk";
import { shop } from "@/lib/shop";
import { PageHeading } from "../../parts/heading";
import { initialState } from "../form/form-state";
import { ProductForm } from "../form/product-form";
import { blankProduct } from "../form/typed-product";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("products.form"))("new") };
}

/** A product begins with its words and variants; pictures and putting it on sale come next, on its own page. */
export default async function NewProductPage() {
  await requireStaffOnPage("products.edit", "/dashboard/products/new");
  const t = await getTranslations("products");
  const categories = await listCategoriesForDesk(shop());
  return (
    <>
      <PageHeading title={t("form.new")} note={t("form.newNote")}>
        <Link href="/dashboard/products" prefetch={false}>
          {t("back")}
        </Link>
      </PageHeading>
      <div className="sheet max-w-[64rem]">
        <ClientTexts pick={({ products }) => ({ products: { form: products.form, kinds: products.kinds } })}>
          <ProductForm
            productId={null}
            initial={initialState(blankProduct, 0)}
            usedIds={[]}
            stocks={{}}
            categories={categories}
          />
        </ClientTexts>
      </div>
    </>
  );
}
