import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { carrierCodes } from "@/lib/deliveries/carriers";
import { SelectField, TextField } from "../../parts/form-fields";

type Known = { carrier: string | null; trackingNo: string | null; phoneTail: string | null };

/** A carrier, its number, the digits that some ask for, and what stands beside them. The server guesses the carrier where nobody chose one. */
export function TrackingFields({ known, children }: { known?: Known; children: ReactNode }) {
  const t = useTranslations("desk.order.deliveries.parcel");
  const carrier = useTranslations("common.carrier");
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <TextField
        name="trackingNo"
        label={t("trackingNo")}
        initial={known?.trackingNo ?? ""}
        autoComplete="off"
        maxLength={60}
        className="zg-code w-full"
      />
      <SelectField
        name="carrier"
        label={t("carrier")}
        initial={known?.carrier ?? ""}
        choices={[
          { value: "", label: t("recognise") },
          ...carrierCodes.map((code) => ({ value: code, label: carrier(code) })),
        ]}
      />
      <TextField
        name="phoneTail"
        label={t("phoneTail")}
        hint={t("phoneTailHint")}
        initial={known?.phoneTail ?? ""}
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        className="zg-number w-24"
      />
      {children}
    </div>
  );
}

/** How many pieces of each line go along. */
export function PiecesFields({
  lines,
}: {
  lines: { sku: string; title: string; most: number; initial: number }[];
}) {
  const t = useTranslations("desk.order.deliveries.parcel");
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="mb-1 text-s text-soft">{t("pieces")}</legend>
      {lines.map((line) => (
        <TextField
          key={line.sku}
          name={`quantity:${line.sku}`}
          label={t("piecesOf", { title: line.title, count: line.most })}
          initial={String(line.initial)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          className="zg-number w-24 text-end"
        />
      ))}
    </fieldset>
  );
}
