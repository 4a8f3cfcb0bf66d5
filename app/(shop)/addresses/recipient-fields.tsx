"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Field } from "./field";
import { fillRecipient } from "./fill-recipient";
import { PasteAddress } from "./paste-address";
import { PickAddress } from "./pick-address";
import styles from "./recipient.module.css";
import type { RecipientField, RecipientState } from "./recipient-state";

/**
 * The fields of a recipient, to be typed, or filled from elsewhere: whatever does so calls `fill`, and the buyer is told
 * what is still missing. Their texts are `addresses`.
 */
export function RecipientFields({ state }: { state: RecipientState }) {
  const t = useTranslations("addresses");
  const fields = useRef<HTMLDivElement>(null);
  const [missing, setMissing] = useState<RecipientField[] | null>(null);

  function fill(known: Partial<Record<RecipientField, string>>) {
    if (fields.current) setMissing(fillRecipient(fields.current, known));
  }

  return (
    <>
      <div className={styles.ways}>
        <PickAddress className={styles.way} problemClassName={styles.problem} onPicked={fill} />
        <PasteAddress onRead={fill} />
      </div>
      <p className={styles.filled} role="status">
        {missing &&
          (missing.length === 0
            ? t("filled")
            : t("stillMissing", { fields: missing.map((name) => t(`fields.${name}`)).join(t("comma")) }))}
      </p>
      <div ref={fields} className="weui-cells weui-cells_form">
        <Field
          name="name"
          label={t("fields.name")}
          autoComplete="name"
          enterKeyHint="next"
          state={state}
          required
        />
        <Field
          name="phone"
          label={t("fields.phone")}
          autoComplete="tel-national"
          type="tel"
          inputMode="tel"
          enterKeyHint="next"
          state={state}
          required
        />
        <Field
          name="province"
          label={t("fields.province")}
          autoComplete="address-level1"
          enterKeyHint="next"
          state={state}
          required
        />
        <Field
          name="city"
          label={t("fields.city")}
          autoComplete="address-level2"
          enterKeyHint="next"
          state={state}
          required
        />
        <Field
          name="district"
          label={t("fields.district")}
          autoComplete="address-level3"
          enterKeyHint="next"
          placeholder={t("noDistrict")}
          state={state}
        />
        <Field
          name="address"
          label={t("fields.address")}
          autoComplete="street-address"
          rows={2}
          state={state}
          required
        />
      </div>
    </>
  );
}
