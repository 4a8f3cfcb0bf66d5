"use client";

import { useFormatter, useTranslations } from "next-intl";
import { productLimits } from "@/lib/catalog/product-limits";
import { Field, ToldTexts } from "./field";
import type { TypedVariant } from "./typed-product";

type Props = {
  at: number;
  row: TypedVariant;
  isLast: boolean;
  isOnly: boolean;
  /** Orders or codes hang on it: it can be withdrawn, not deleted. */
  isUsed: boolean;
  /** What there is of it; of one that is new, it is typed. */
  onHand: number | undefined;
};

/** One variant: a card on a phone, a line of a table at a desk. Its buttons send the form and change its rows only. */
export function VariantRow({ at, row, isLast, isOnly, isUsed, onHand }: Props) {
  const t = useTranslations("products.form");
  const format = useFormatter();
  const path = (name: string) => `variants.${at}.${name}`;
  const isQuiet = at > 0;
  const besideLabels = isQuiet ? "" : "@2xl:mt-6";
  const named = row.title || t("nth", { place: at + 1 });
  const move = (deed: "up" | "down" | "remove", isOff: boolean, sign: string) => (
    <button
      type="submit"
      formNoValidate
      name="deed"
      value={`${deed}:${at}`}
      disabled={isOff}
      aria-label={t(`rows.${deed}`, { name: named })}
      title={t(`rows.${deed}`, { name: named })}
      className="button quiet min-w-9 disabled:opacity-30"
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <li className="grid grid-cols-2 gap-x-3 gap-y-2 border-line border-t px-4 py-3 first:border-t-0 @2xl:grid-cols-[minmax(0,1fr)_6.5rem_minmax(0,1fr)_5.5rem_auto_6.5rem]">
      <input type="hidden" name={path("id")} value={row.id} />
      <div className="col-span-2 @2xl:col-span-1">
        <Field
          path={path("title")}
          label={t("variantTitle")}
          isQuiet={isQuiet}
          hint={isOnly && t("onlyHint")}
        >
          {(field) => (
            <input
              {...field}
              defaultValue={row.title}
              maxLength={productLimits.variantTitle}
              autoComplete="off"
              className="field w-full"
            />
          )}
        </Field>
      </div>
      <Field path={path("price")} label={t("price")} isQuiet={isQuiet}>
        {(field) => (
          <input
            {...field}
            defaultValue={row.price}
            inputMode="decimal"
            maxLength={20}
            autoComplete="off"
            className="field zg-number w-full text-end"
          />
        )}
      </Field>
      <Field path={path("sku")} label={t("sku")} isQuiet={isQuiet} hint={row.id === "" && t("skuHint")}>
        {(field) => (
          <input
            {...field}
            defaultValue={row.sku}
            maxLength={productLimits.sku}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="field zg-code w-full"
          />
        )}
      </Field>
      <Field path={path("onHand")} label={t("onHand")} isQuiet={isQuiet}>
        {(field) =>
          row.id === "" ? (
            <input
              {...field}
              defaultValue={row.onHand}
              inputMode="numeric"
              maxLength={9}
              placeholder="0"
              autoComplete="off"
              className="field zg-number w-full text-end"
            />
          ) : (
            <output id={field.id} className="zg-number flex min-h-10 items-center @2xl:justify-end">
              {format.number(onHand ?? 0)}
            </output>
          )
        }
      </Field>
      <div className="flex flex-wrap items-end justify-between gap-x-2 @2xl:contents">
        <div className={`grid content-start gap-1 ${besideLabels}`}>
          <label className="flex min-h-10 items-center gap-2 whitespace-nowrap">
            <input
              key={String(row.onSale)}
              type="checkbox"
              name={path("onSale")}
              value="yes"
              defaultChecked={row.onSale}
            />
            {t("onSale")}
          </label>
          <ToldTexts path={path("onSale")} id={`on-sale-${at}`} />
        </div>
        <div className={`flex items-start justify-end ${besideLabels}`}>
          {!isOnly && move("up", at === 0, "↑")}
          {!isOnly && move("down", isLast, "↓")}
          {!isOnly && !isUsed && move("remove", false, "×")}
        </div>
      </div>
      <div className="col-span-full empty:hidden">
        <ToldTexts path={`variants.${at}`} id={`row-${at}`} />
      </div>
    </li>
  );
}
