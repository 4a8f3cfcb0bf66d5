"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useKeptForm } from "@/app/(shop)/use-kept-form";
import { untouched } from "./address-state";
import styles from "./addresses.module.css";
import { RecipientFields } from "./recipient-fields";
import type { RecipientState } from "./recipient-state";
import { saveOwnAddress } from "./save-own-address";

/** A new address, or one to be changed. Without JavaScript it is posted as it stands; with it, what is wrong is focused. */
export function AddressForm({
  saved,
  formKey,
  to,
}: {
  saved: { id: number; fields: RecipientState["typed"]; isDefault: boolean } | null;
  formKey: string;
  to: string;
}) {
  const t = useTranslations("addresses");
  const { state, pending, ...submit } = useKeptForm(saveOwnAddress, untouched, t("unreachable"));
  const form = useRef<HTMLFormElement>(null);
  const wrong = Object.keys(state.problems).length;
  const wasSent = state.isDefault !== null;

  useEffect(() => {
    if (wrong && state) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [state, wrong]);

  return (
    <form ref={form} {...submit} noValidate>
      {saved && <input type="hidden" name="id" value={saved.id} />}
      <input type="hidden" name="formKey" value={formKey} />
      <input type="hidden" name="to" value={to} />
      <RecipientFields state={wasSent || !saved ? state : { ...state, typed: saved.fields }} />
      <label className="shop-tick">
        <input
          type="checkbox"
          name="isDefault"
          value="yes"
          defaultChecked={state.isDefault ?? saved?.isDefault ?? false}
        />
        {t("makeDefault")}
      </label>
      <div className={styles.bar} data-bottom-bar>
        {(wrong > 0 || state.message) && (
          <p className={styles.problem} role="alert">
            {wrong > 0 ? t("mend", { count: wrong }) : state.message}
          </p>
        )}
        <button type="submit" className="weui-btn weui-btn_primary weui-btn_block" aria-disabled={pending}>
          {pending ? t("saving") : t("save")}
        </button>
      </div>
    </form>
  );
}
