import { useTranslations } from "next-intl";
import { productKinds } from "@/lib/db/schema/catalog";
import { type ProductQuery, productsPath } from "./read-query";

/** A plain GET form: search and kind are part of the address. */
export function ProductFilters({ query }: { query: ProductQuery }) {
  const t = useTranslations("products");
  const { state, kind, search } = query;
  return (
    <search className="w-full sm:w-auto">
      <form action={productsPath} className="flex flex-wrap gap-2">
        {state && <input type="hidden" name="state" value={state} />}
        <label htmlFor="q" className="zg-visually-hidden">
          {t("list.search")}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          key={search}
          defaultValue={search ?? ""}
          maxLength={64}
          placeholder={t("list.search")}
          autoComplete="off"
          spellCheck={false}
          className="field min-w-0 flex-1 sm:w-[18rem]"
        />
        <label htmlFor="kind" className="zg-visually-hidden">
          {t("list.kind")}
        </label>
        <select id="kind" name="kind" key={kind} defaultValue={kind ?? ""} className="field">
          <option value="">{t("list.allKinds")}</option>
          {productKinds.map((value) => (
            <option key={value} value={value}>
              {t(`kinds.${value}`)}
            </option>
          ))}
        </select>
        <button type="submit" className="button">
          {t("list.find")}
        </button>
      </form>
    </search>
  );
}
