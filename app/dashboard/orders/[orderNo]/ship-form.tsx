import { useTranslations } from "next-intl";
import type { ProductKind } from "@/lib/db/schema/catalog";
import type { OrderPieces } from "@/lib/deliveries/read-pieces";
import { ActionForm } from "../../parts/action-panel";
import { RadioField, Submit, TextArea } from "../../parts/form-fields";
import { PiecesFields, TrackingFields } from "./parcel-fields";

type Props = {
  orderNo: string;
  kind: ProductKind;
  pieces: OrderPieces;
  deliveriesSeen: number;
  undoSeconds: number;
};

/** What is left, or a part of it, leaves in one parcel, or is handed over. */
export function ShipForm({ orderNo, kind, pieces, deliveriesSeen, undoSeconds }: Props) {
  const t = useTranslations("desk.order.deliveries");
  const fields = { orderNo, deliveriesSeen: String(deliveriesSeen) };
  const lines = pieces.lines
    .filter((line) => line.left > line.goingBack)
    .map(({ sku, title, left, goingBack }) => ({
      sku,
      title,
      most: left - goingBack,
      initial: left - goingBack,
    }));
  const isAnyGoingBack = pieces.lines.some((line) => line.goingBack > 0);
  return (
    <ActionForm key={deliveriesSeen} form="ship" fields={fields}>
      <SendingFields kind={kind} />
      <PiecesFields lines={lines} />
      {isAnyGoingBack && <p className="text-s text-warn">{t("someGoingBack")}</p>}
      {kind === "physical" && undoSeconds > 0 && (
        <p className="text-s text-soft">{t("undoHint", { minutes: Math.ceil(undoSeconds / 60) })}</p>
      )}
      <Submit primary>{t("actions.ship")}</Submit>
    </ActionForm>
  );
}

/** How it goes, and what the buyer is told of it. Virtual goods go one way only. */
export function SendingFields({ kind }: { kind: ProductKind }) {
  const t = useTranslations("desk.order.deliveries");
  const note = <TextArea name="note" label={t("parcel.note")} hint={t("parcel.noteHint")} />;
  if (kind === "virtual")
    return (
      <>
        <input type="hidden" name="kind" value="virtual" />
        {note}
      </>
    );
  return (
    <>
      <RadioField
        name="kind"
        label={t("parcel.kind")}
        inline
        initial="express"
        choices={(["express", "same_city", "pickup"] as const).map((value) => ({
          value,
          label: t(`kinds.${value}`),
        }))}
      />
      <TrackingFields>{note}</TrackingFields>
    </>
  );
}
