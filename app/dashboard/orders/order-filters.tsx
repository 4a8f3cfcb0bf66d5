import { useTranslations } from "next-intl";
import { asYuan } from "@/app/ui/read-yuan";
import type { ProductName } from "@/lib/catalog/name-products";
import { productKinds } from "@/lib/db/schema/catalog";
import { tradeTypes } from "@/lib/db/schema/payments";
import { refundFilters, writeOrderFilter } from "@/lib/orders/order-filter";
import { Panel } from "../parts/panel";
import { SelectFilter, TextFilter } from "./filter-fields";
import { useFilterWords } from "./filter-words";
import { KeptFields } from "./kept-fields";
import { type ListAddress, listHref, ordersPath } from "./list-address";

const asked = ["kind", "deadline", "refund", "trade", "from", "to", "min", "max", "product"] as const;
const usualDeadlines = ["late", "24h", "48h", "72h", "running", "ended"];

/** A plain GET form: every filter is part of the address. */
export function OrderFilters({ address, products }: { address: ListAddress; products: ProductName[] }) {
  const t = useTranslations("lists.filters");
  const words = useFilterWords();
  const { filter } = address;
  const { deadline = null } = writeOrderFilter(filter);
  const active = asked.filter((name) => writeOrderFilter(filter)[name] !== undefined).length;
  const deadlines = usualDeadlines.includes(deadline ?? "late")
    ? usualDeadlines
    : [deadline ?? "", ...usualDeadlines];
  return (
    <Panel label={active > 0 ? t("counted", { count: active }) : t("title")}>
      <form
        action={ordersPath}
        key={listHref(address)}
        className="grid grid-cols-2 gap-3 p-4 min-[720px]:w-[40rem]"
      >
        <KeptFields address={address} but={asked} />
        <SelectFilter
          name="deadline"
          label={t("names.deadline")}
          value={deadline}
          all={t("all")}
          choices={deadlines.map((value) => ({ value, label: words.deadline(value) }))}
        />
        <SelectFilter
          name="refund"
          label={t("names.refund")}
          value={filter.refund}
          all={t("all")}
          choices={refundFilters.map((value) => ({ value, label: t(`refund.${value}`) }))}
        />
        <SelectFilter
          name="kind"
          label={t("names.kind")}
          value={filter.kind}
          all={t("all")}
          choices={productKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <SelectFilter
          name="trade"
          label={t("names.trade")}
          value={filter.trade}
          all={t("all")}
          choices={tradeTypes.map((value) => ({ value, label: t(`trade.${value}`) }))}
        />
        <TextFilter type="date" name="from" label={t("names.from")} value={filter.from} />
        <TextFilter type="date" name="to" label={t("names.to")} value={filter.to} />
        <TextFilter
          inputMode="decimal"
          name="min"
          label={t("names.min")}
          value={filter.minFen === null ? null : asYuan(filter.minFen)}
        />
        <TextFilter
          inputMode="decimal"
          name="max"
          label={t("names.max")}
          value={filter.maxFen === null ? null : asYuan(filter.maxFen)}
        />
        <TextFilter
          name="product"
          label={t("names.product")}
          value={filter.product}
          list="products"
          placeholder={t("productHint")}
        />
        <datalist id="products">
          {products.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </datalist>
        <p className="self-end">
          <button type="submit" className="button primary">
            {t("apply")}
          </button>
        </p>
      </form>
    </Panel>
  );
}
