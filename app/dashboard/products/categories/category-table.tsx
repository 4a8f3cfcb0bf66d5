import Link from "next/link";
import { useTranslations } from "next-intl";
import { longestTitle } from "@/lib/categories/category-title";
import type { DeskCategory } from "@/lib/categories/list-categories-for-desk";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextField } from "../../parts/form-fields";
import { Cell, Ledger, Row } from "../../parts/ledger";

/** The categories as buyers see them, from left to right there and from top to bottom here. */
export function CategoryTable({ categories }: { categories: DeskCategory[] }) {
  const t = useTranslations("products.categories");
  const columns = [
    { label: t("category") },
    { label: t("products"), end: true as const },
    { label: t("order") },
    { label: t("change") },
  ];
  return (
    <Ledger label={t("title")} columns={columns}>
      {categories.map((category, at) => (
        <Row key={category.id}>
          <Cell>
            <Link href={`/?category=${encodeURIComponent(category.slug)}`} prefetch={false}>
              {category.title}
            </Link>
            {category.onSale === 0 && <div className="text-s text-soft">{t("hidden")}</div>}
          </Cell>
          <Cell label={t("products")} className="end zg-number">
            {t("count", { count: category.products, onSale: category.onSale })}
          </Cell>
          <Cell label={t("order")}>
            <MoveForm category={category} isFirst={at === 0} isLast={at === categories.length - 1} />
          </Cell>
          <Cell>
            <div className="grid gap-2">
              <RenameForm category={category} />
              <RemoveForm category={category} />
            </div>
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

function MoveForm(of: { category: DeskCategory; isFirst: boolean; isLast: boolean }) {
  const t = useTranslations("products.categories");
  const { id, title } = of.category;
  return (
    <ActionForm form={`move:${id}`} fields={{ categoryId: String(id) }} className="flex gap-1">
      {!of.isFirst && (
        <Submit name="to" value="up" label={t("up", { title })}>
          <span aria-hidden="true">↑</span>
        </Submit>
      )}
      {!of.isLast && (
        <Submit name="to" value="down" label={t("down", { title })}>
          <span aria-hidden="true">↓</span>
        </Submit>
      )}
    </ActionForm>
  );
}

function RenameForm({ category: { id, title } }: { category: DeskCategory }) {
  const t = useTranslations("products.categories");
  return (
    <details className="rounded-md border border-line">
      <summary className="cursor-pointer px-3 py-2">
        {t("rename")}
        <span className="zg-visually-hidden"> {title}</span>
      </summary>
      <ActionForm
        form={`rename:${id}`}
        fields={{ categoryId: String(id) }}
        className="grid gap-3 px-3 pt-1 pb-3"
        key={title}
      >
        <TextField
          name="title"
          label={t("renameTitle")}
          hint={t("renameHint")}
          initial={title}
          required
          maxLength={longestTitle}
          autoComplete="off"
        />
        <Submit primary>{t("rename")}</Submit>
      </ActionForm>
    </details>
  );
}

function RemoveForm({ category: { id, title, products } }: { category: DeskCategory }) {
  const t = useTranslations("products.categories");
  return (
    <details className="rounded-md border border-line">
      <summary className="cursor-pointer px-3 py-2">
        {t("remove")}
        <span className="zg-visually-hidden"> {title}</span>
      </summary>
      <ActionForm
        form={`remove:${id}`}
        fields={{ categoryId: String(id) }}
        className="grid gap-3 px-3 pt-1 pb-3"
      >
        <p className="max-w-[34em] text-s">{t("removeHint", { title, count: products })}</p>
        <Submit>{t("remove")}</Submit>
      </ActionForm>
    </details>
  );
}
