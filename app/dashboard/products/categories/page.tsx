import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { longestTitle } from "@/lib/categories/category-title";
import { listCategoriesForDesk } from "@/lib/categories/list-categories-for-desk";
import { shop } from "@/lib/shop";
import { ActionForm, ActionPanel } from "../../parts/action-panel";
import { Submit, TextField } from "../../parts/form-fields";
import { Empty, PageHeading } from "../../parts/heading";
import { actOnCategories } from "./act-on-categories";
import { CategoryTable } from "./category-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("products.categories"))("title") };
}

/** The shelves by which buyers browse: made, renamed, put in order and removed. */
export default async function CategoriesPage() {
  await requireStaffOnPage("products.edit", "/dashboard/products/categories");
  const t = await getTranslations("products");
  const categories = await listCategoriesForDesk(shop());
  return (
    <ActionPanel action={actOnCategories}>
      <PageHeading title={t("categories.title")} note={t("categories.note")}>
        <Link href="/dashboard/products" prefetch={false}>
          {t("back")}
        </Link>
      </PageHeading>
      <div className="sheet max-w-[64rem]">
        {categories.length > 0 ? (
          <CategoryTable categories={categories} />
        ) : (
          <Empty title={t("categories.none")}>{t("categories.noneHint")}</Empty>
        )}
        <ActionForm
          form="create"
          className="flex flex-wrap items-end gap-2 border-line border-t px-4 py-3"
          key={categories.length}
        >
          <TextField
            name="title"
            label={t("categories.newTitle")}
            required
            maxLength={longestTitle}
            autoComplete="off"
          />
          <Submit primary>{t("categories.create")}</Submit>
        </ActionForm>
      </div>
    </ActionPanel>
  );
}
