import { useTranslations } from "next-intl";

/** A plain GET form: the search is part of the address. */
export function SearchForm({ search, status }: { search: string | null; status: string | null }) {
  const t = useTranslations("desk.orders");
  return (
    <search className="w-full sm:w-auto">
      <form action="/dashboard/orders" className="flex w-full gap-2">
        {status && <input type="hidden" name="status" value={status} />}
        <label htmlFor="q" className="zg-visually-hidden">
          {t("search")}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          key={search}
          defaultValue={search ?? ""}
          maxLength={64}
          placeholder={t("search")}
          autoComplete="off"
          spellCheck={false}
          className="field min-w-0 flex-1 sm:w-[23rem]"
        />
        <button type="submit" className="button">
          {t("find")}
        </button>
      </form>
    </search>
  );
}
