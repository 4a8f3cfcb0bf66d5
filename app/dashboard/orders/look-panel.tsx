import { useTranslations } from "next-intl";
import { orderSorts } from "@/lib/orders/order-filter";
import { Panel } from "../parts/panel";
import { SelectFilter } from "./filter-fields";
import { KeptFields } from "./kept-fields";
import { type ListAddress, listColumns, listHref, ordersPath } from "./list-address";

/** Order, density and columns: part of the address too, so that a view can be kept and shared with them. */
export function LookPanel({ address }: { address: ListAddress }) {
  const t = useTranslations("lists.look");
  const columns = useTranslations("lists.columns");
  const { filter, look } = address;
  return (
    <Panel label={t("title")}>
      <form action={ordersPath} key={listHref(address)} className="grid gap-3 p-4 min-[720px]:w-[22rem]">
        <KeptFields address={address} but={["sort", "density", "columns"]} />
        <SelectFilter
          name="sort"
          label={t("sort")}
          value={filter.sort === "newest" ? "" : filter.sort}
          choices={orderSorts.map((sort) => ({
            value: sort === "newest" ? "" : sort,
            label: t(`sorts.${sort}`),
          }))}
        />
        <SelectFilter
          name="density"
          label={t("density")}
          value={look.isCompact ? "compact" : ""}
          choices={[
            { value: "", label: t("comfortable") },
            { value: "compact", label: t("compact") },
          ]}
        />
        <fieldset>
          <legend className="text-s text-soft">{t("columns")}</legend>
          <div className="grid grid-cols-2 gap-x-3">
            {listColumns.map((column) => (
              <label key={column} className="flex min-h-8 items-center gap-2">
                <input
                  type="checkbox"
                  name="columns"
                  value={column}
                  defaultChecked={look.columns.includes(column)}
                />
                {columns(column)}
              </label>
            ))}
          </div>
        </fieldset>
        <p>
          <button type="submit" className="button primary">
            {t("apply")}
          </button>
        </p>
      </form>
    </Panel>
  );
}
