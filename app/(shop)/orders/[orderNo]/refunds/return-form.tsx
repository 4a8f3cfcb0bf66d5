"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useKeptForm } from "@/app/(shop)/use-kept-form";
import styles from "./refunds.module.css";
import { type ReturnField, untouched } from "./return-state";
import { sendOwnReturn } from "./send-own-return";

/** Carrier and tracking number of what the buyer sends back; once told, folded away and still to be corrected. */
export function ReturnForm(props: { refundNo: string; carrier: string; trackingNo: string }) {
  const t = useTranslations("shop.refunds.return");
  const { state, pending, ...submit } = useKeptForm(sendOwnReturn, untouched, t("unreachable"));
  const form = useRef<HTMLFormElement>(null);
  const wrong = Object.keys(state.problems).length > 0;
  const told = props.trackingNo !== "";

  useEffect(() => {
    if (wrong && state) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [state, wrong]);

  const field = (name: ReturnField) => {
    const problem = state.problems[name];
    const id = `${props.refundNo}-${name}`;
    return (
      <div className={`weui-cell ${styles.row}`} data-wrong={problem ? "" : undefined}>
        <label htmlFor={id}>{t(name)}</label>
        <div className="weui-cell__bd">
          <input
            id={id}
            name={name}
            className={`weui-input ${styles.input}`}
            autoComplete="off"
            autoCapitalize={name === "trackingNo" ? "characters" : undefined}
            defaultValue={state.typed[name] ?? props[name]}
            required
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? `${id}-problem` : undefined}
          />
          {problem && (
            <p id={`${id}-problem`} className={styles.problem}>
              {problem}
            </p>
          )}
        </div>
      </div>
    );
  };

  const body = (
    <form ref={form} {...submit} className={styles.return} noValidate>
      <input type="hidden" name="refundNo" value={props.refundNo} />
      <div className="weui-cells weui-cells_form">
        {field("carrier")}
        {field("trackingNo")}
      </div>
      {state.message && (
        <p className={styles.problem} role="alert">
          {state.message}
        </p>
      )}
      <button type="submit" className="weui-btn weui-btn_primary weui-btn_block" aria-disabled={pending}>
        {pending ? t("submitting") : t("submit")}
      </button>
    </form>
  );
  if (!told)
    return (
      <section>
        <h3 className={styles.heading}>{t("title")}</h3>
        {body}
      </section>
    );
  return (
    <details className={styles.details} open={wrong}>
      <summary>{t("change")}</summary>
      {body}
    </details>
  );
}
