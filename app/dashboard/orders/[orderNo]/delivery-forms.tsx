import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ProductKind } from "@/lib/db/schema/catalog";
import type { DeliveryAction, DeliveryOff } from "@/lib/deliveries/available-delivery-actions";
import type { ListedDelivery } from "@/lib/deliveries/list-deliveries-of-order";
import { ActionForm } from "../../parts/action-panel";
import { Countdown } from "../../parts/countdown";
import { Deed, Deeds } from "../../parts/deeds";
import { Submit, TextArea } from "../../parts/form-fields";
import { PiecesFields, TrackingFields } from "./parcel-fields";
import { SendingFields } from "./ship-form";

type Props = {
  delivery: ListedDelivery;
  order: { orderNo: string; kind: ProductKind };
  offs: Record<DeliveryAction, DeliveryOff | null>;
  undoLeftMs: number;
};

/** What this person can do about one delivery, each a form of its own; and why the rest is not there. */
export function DeliveryForms({ delivery, order, offs, undoLeftMs }: Props) {
  const t = useTranslations("desk.order.deliveries");
  const fields = { orderNo: order.orderNo };
  const note = <TextArea name="note" label={t("parcel.note")} initial={delivery.note ?? ""} />;
  const forms: Record<DeliveryAction, () => ReactNode> = {
    undo: () => (
      <>
        <p>
          {t("undoLeft")} <Countdown leftMs={undoLeftMs} words={t("seconds")} />
        </p>
        <p className="text-s text-soft">{t("undoMeans")}</p>
        <Submit primary>{t("actions.undo")}</Submit>
      </>
    ),
    correct: () => (
      <>
        <input type="hidden" name="kind" value={delivery.kind} />
        {delivery.kind === "express" ? <TrackingFields known={delivery}>{note}</TrackingFields> : note}
        <Submit primary>{t("actions.correct")}</Submit>
      </>
    ),
    fail: () => (
      <>
        <TextArea name="reason" label={t("failReason")} hint={t("failHint")} required />
        <Submit>{t("actions.fail")}</Submit>
      </>
    ),
    replace: () => (
      <>
        <SendingFields kind={order.kind} />
        <PiecesFields
          lines={delivery.replaceable.map((line) => ({ ...line, most: line.owed, initial: line.owed }))}
        />
        <Submit primary>{t("actions.replace")}</Submit>
      </>
    ),
  };
  const actions = Object.keys(forms) as DeliveryAction[];
  const open = actions.filter((action) => offs[action] === null);
  const why = actions.filter((action) => offs[action] !== null && offs[action] !== "elsewhere");
  return (
    <>
      {open.length > 0 && (
        <div className="mt-2">
          <Deeds label={t("deeds", { number: delivery.number })}>
            {open.map((action) => (
              <Deed key={action} title={t(`actions.${action}`)}>
                <ActionForm form={`${action}:${delivery.id}`} fields={fields}>
                  {forms[action]()}
                </ActionForm>
              </Deed>
            ))}
          </Deeds>
        </div>
      )}
      {why.length > 0 && (
        <ul className="mt-2 grid gap-0.5 text-s">
          {why.map((action) => (
            <li key={action}>
              {t(`actions.${action}`)}
              <span className="text-soft"> · {t(`whyNot.${offs[action] as ShownOff}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

type ShownOff = Exclude<DeliveryOff, "elsewhere">;
