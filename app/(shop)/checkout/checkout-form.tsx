"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Field } from "@/app/(shop)/addresses/field";
import { useKeptForm } from "@/app/(shop)/use-kept-form";
import { Money } from "@/app/ui/money";
import type { SavedAddress } from "@/lib/addresses/list-addresses";
import type { Quote } from "@/lib/orders/quote-orders";
import { AddressChoice } from "./address-choice";
import styles from "./checkout.module.css";
import { type CheckoutState, type Shown, untouched } from "./checkout-state";
import { AmountsOfOrder, GoodsOfOrders } from "./goods-of-orders";
import { placeOrder } from "./place-order";
import { useTypedOverLeave } from "./use-typed-over-leave";

const keepOver = ({ quote, shown, addressId }: CheckoutState) => ({ quote, shown, addressId });

/** The order form. Without JavaScript it is posted as it stands; with it, what is wrong is focused. */
export function CheckoutForm(props: {
  from: "cart" | null;
  quote: Quote;
  shown: Shown | null;
  formKey: string;
  addresses: SavedAddress[];
  canKeep: boolean;
  holdMinutes: number;
  changeHref: string;
  editHref: { before: string; after: string };
}) {
  const t = useTranslations("shop.checkout");
  const form = useRef<HTMLFormElement>(null);
  const forgetTyped = useTypedOverLeave(form);
  const { state, pending, ...submit } = useKeptForm(placeOrder, untouched, t("unreachable"), {
    keep: keepOver,
    onDone: forgetTyped,
  });
  const quote = state.quote ?? props.quote;
  const placing = quote.orders.filter(({ amounts }) => amounts !== null);
  const [only] = placing;
  const wrong = Object.keys(state.problems).length;
  const lines = quote.orders.flatMap((order) => order.lines);
  const troubled = lines.filter(({ trouble }) => trouble !== null);
  const canGoOn = lines.length > 1 || troubled.some(({ trouble }) => trouble === "fewer");

  useEffect(() => {
    if (wrong && state) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    else if (state.quote) form.current?.querySelector<HTMLElement>("[data-goods]")?.focus();
  }, [state, wrong]);

  return (
    <form ref={form} {...submit} className={styles.form} noValidate>
      {/* Enter in a field sends the form, not the first button of a line. */}
      <button type="submit" hidden disabled={placing.length === 0} />
      <input type="hidden" name="from" value={props.from ?? ""} />
      <input type="hidden" name="formKey" value={props.formKey} />
      <input type="hidden" name="totalFen" value={quote.totalFen} />

      {quote.orders.length > 1 && <p className={styles.why}>{t("whyTwo")}</p>}
      {quote.orders.some(({ kind }) => kind === "physical") && (
        <div className={styles.recipient}>
          <AddressChoice
            addresses={props.addresses}
            state={state}
            editHref={props.editHref}
            canKeep={props.canKeep}
          />
        </div>
      )}

      <div className={styles.goods} data-goods tabIndex={-1}>
        <GoodsOfOrders quote={quote} shown={state.shown ?? props.shown} />
        <a className={styles.change} href={props.changeHref}>
          {t("change")}
        </a>
      </div>

      <div className={`weui-cells weui-cells_form ${styles.note}`}>
        <Field name="note" rows={2} label={t("note")} state={state} placeholder={t("optional")} />
      </div>

      <div className={styles.totals}>
        {placing.length === 1 && only?.amounts && (
          <AmountsOfOrder kind={only.kind} amounts={only.amounts} total={t("total")} />
        )}
        <p className={styles.hold}>{t("hold", { minutes: props.holdMinutes })}</p>
        <div className={styles.bar} data-bottom-bar>
          {(wrong > 0 || state.message) && (
            <p className={styles.problem} role="alert">
              {wrong > 0 ? t("mend", { count: wrong }) : state.message}
              {state.way && (
                <>
                  {" "}
                  <a href={`/${state.way}`}>{t(`way.${state.way}`)}</a>
                </>
              )}
            </p>
          )}
          {troubled.length > 0 && !state.message && (
            <p className={styles.problem}>
              {canGoOn ? t("settle", { count: troubled.length }) : t("noneLeft")}
            </p>
          )}
          <div className={styles.sum}>
            <span className={styles.total}>
              {placing.length > 1 ? t("bothTotal") : t("total")} <Money fen={quote.totalFen} />
            </span>
            <button
              type="submit"
              className="weui-btn weui-btn_primary"
              aria-disabled={pending}
              disabled={placing.length === 0}
            >
              {pending ? t("submitting") : t(placing.length > 1 ? "submitBoth" : "submit")}
            </button>
          </div>
        </div>
      </div>
    </form>
  );
}
