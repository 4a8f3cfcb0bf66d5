"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Field } from "@/app/(shop)/addresses/field";
import { RecipientFields } from "@/app/(shop)/addresses/recipient-fields";
import { useKeptForm } from "@/app/(shop)/use-kept-form";
import styles from "./checkout.module.css";
import { untouched } from "./checkout-state";
import { placeOrder } from "./place-order";

/** The order form. Without JavaScript it is posted as it stands; with it, what is wrong is focused. */
export function CheckoutForm(props: {
  sku: string;
  quantity: number;
  formKey: string;
  kind: "physical" | "virtual";
  holdMinutes: number;
  changeHref: string;
  goods: ReactNode;
  amounts: ReactNode;
}) {
  const t = useTranslations("shop.checkout");
  const { state, pending, ...submit } = useKeptForm(placeOrder, untouched, t("unreachable"));
  const form = useRef<HTMLFormElement>(null);
  const wrong = Object.keys(state.problems).length;

  useEffect(() => {
    if (wrong && state) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [state, wrong]);

  return (
    <form ref={form} {...submit} className={styles.form} noValidate>
      <input type="hidden" name="sku" value={props.sku} />
      <input type="hidden" name="quantity" value={props.quantity} />
      <input type="hidden" name="formKey" value={props.formKey} />

      <section className={styles.goods} aria-label={t("goods")}>
        <h2 className="weui-cells__title">{t("goods")}</h2>
        <div className="weui-cells">{props.goods}</div>
        <a className={styles.change} href={props.changeHref}>
          {t("change")}
        </a>
      </section>

      <div className={styles.recipient}>
        {props.kind === "physical" && (
          <fieldset className={styles.group}>
            <legend className="weui-cells__title">{t("recipient")}</legend>
            <RecipientFields state={state} />
          </fieldset>
        )}
        <div className={`weui-cells weui-cells_form ${styles.note}`}>
          <Field name="note" rows={2} label={t("note")} state={state} placeholder={t("optional")} />
        </div>
      </div>

      <div className={styles.totals}>
        {props.amounts}
        {(wrong > 0 || state.message) && (
          <p className={styles.problem} role="alert">
            {wrong > 0 ? t("mend", { count: wrong }) : state.message}
            {state.available !== null && ` ${t("left", { count: state.available })}`}
          </p>
        )}
        <button type="submit" className="weui-btn weui-btn_primary weui-btn_block" disabled={pending}>
          {pending ? t("submitting") : t("submit")}
        </button>
        <p className={styles.hold}>{t("hold", { minutes: props.holdMinutes })}</p>
      </div>
    </form>
  );
}
