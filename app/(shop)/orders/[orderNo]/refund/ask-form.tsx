"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useKeptForm } from "@/app/(shop)/use-kept-form";
import type { RefundReason } from "@/lib/refunds/reasons";
import { AmountFields } from "./amount-fields";
import { askRefund } from "./ask-refund";
import { untouched } from "./ask-state";
import { PictureField } from "./picture-field";
import type { LineLeft } from "./pieces-left";
import { Problem } from "./problem";
import styles from "./refund.module.css";

/** The request. Without JavaScript it is posted as it stands, without pictures; with it, what is wrong is focused. */
export function AskForm(props: {
  orderNo: string;
  formKey: string;
  refundableFen: number;
  lines: LineLeft[];
  reasons: readonly RefundReason[];
  mostPictures: number;
}) {
  const t = useTranslations("shop.refundForm");
  const words = useTranslations("common.refundReason");
  const { state, pending, ...submit } = useKeptForm(askRefund, untouched, t("unreachable"));
  const [uploading, setUploading] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const wrong = Object.keys(state.problems).length;

  useEffect(() => {
    if (wrong && state) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [state, wrong]);

  const describe = (name: string) => {
    const problem = state.problems[name];
    return {
      "aria-invalid": problem ? true : undefined,
      "aria-describedby": problem ? `${name}-problem` : undefined,
    };
  };

  return (
    <form ref={form} {...submit} noValidate>
      <input type="hidden" name="orderNo" value={props.orderNo} />
      <input type="hidden" name="formKey" value={props.formKey} />
      <AmountFields lines={props.lines} refundableFen={props.refundableFen} state={state} />

      <div className={`weui-cells ${styles.reason}`}>
        <div className={`weui-cell ${styles.row}`} data-wrong={state.problems.reason ? "" : undefined}>
          <label className={styles.label} htmlFor="reason">
            {t("reason")}
          </label>
          <div className="weui-cell__bd">
            <select
              id="reason"
              name="reason"
              className={styles.select}
              defaultValue={state.typed.reason ?? ""}
              required
              {...describe("reason")}
            >
              <option value="" disabled>
                {t("choose")}
              </option>
              {props.reasons.map((reason) => (
                <option key={reason} value={reason}>
                  {words(reason)}
                </option>
              ))}
            </select>
            <Problem of="reason" state={state} />
          </div>
        </div>
        <div className={`weui-cell ${styles.row}`} data-wrong={state.problems.reasonText ? "" : undefined}>
          <label className={styles.label} htmlFor="reasonText">
            {t("reasonText")}
          </label>
          <div className="weui-cell__bd">
            <textarea
              id="reasonText"
              name="reasonText"
              className={`weui-textarea ${styles.area}`}
              rows={3}
              placeholder={t("optional")}
              defaultValue={state.typed.reasonText ?? ""}
              {...describe("reasonText")}
            />
            <Problem of="reasonText" state={state} />
          </div>
        </div>
      </div>
      <PictureField most={props.mostPictures} problem={state.problems.pictures} onUploading={setUploading} />

      {(wrong > 0 || state.message) && (
        <p className={styles.problem} role="alert">
          {wrong > 0 ? t("mend", { count: wrong }) : state.message}
        </p>
      )}
      <button
        type="submit"
        className={`weui-btn weui-btn_primary weui-btn_block ${styles.submit}`}
        aria-disabled={pending}
        disabled={uploading}
      >
        {pending ? t("submitting") : t("submit")}
      </button>
      <p className={styles.small}>{t("promise")}</p>
    </form>
  );
}
