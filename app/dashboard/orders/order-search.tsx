import { useTranslations } from "next-intl";
import { KeptFields } from "./kept-fields";
import { type ListAddress, ordersPath, withFilter } from "./list-address";

/** A plain GET form: the search is part of the address, and so is what it stands beside. */
export function OrderSearch({ address }: { address: ListAddress }) {
  const t = useTranslations("lists.search");
  const { q } = address.filter;
  return (
    <search className="w-full sm:w-auto">
      <form action={ordersPath} className="flex w-full gap-2">
        <KeptFields address={withFilter(address, { q: null })} />
        <label htmlFor="q" className="zg-visually-hidden">
          {t("label")}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          key={q}
          defaultValue={q ?? ""}
          maxLength={64}
          placeholder={t("label")}
          autoComplete="off"
          spellCheck={false}
          className="field min-w-0 flex-1 sm:w-[26rem]"
        />
        <button type="submit" className="button">
          {t("find")}
        </button>
      </form>
    </search>
  );
}
