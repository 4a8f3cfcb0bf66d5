import { useTranslations } from "next-intl";
import { asLocalTime } from "@/lib/calendar/local-time";
import type { DeskClock } from "../../desk-settings";
import { ActionForm, ActionPanel } from "../../parts/action-panel";
import { Submit, TextArea, TextField } from "../../parts/form-fields";
import { moveOrderDeadline } from "./move-order-deadline";

type Props = { order: { orderNo: string; deliverBy: Date }; clock: DeskClock };

/** Stands beside the clock, for whoever may move it, while it runs. */
export function MoveDeadlineForm({ order, clock }: Props) {
  const t = useTranslations("desk.order.clock.move");
  return (
    <ActionPanel action={moveOrderDeadline} className="mx-4 mt-3">
      <details className="mx-4 mb-3 rounded-md border border-line">
        <summary className="cursor-pointer px-3 py-2 font-semibold">{t("title")}</summary>
        <div className="px-3 pt-1 pb-3">
          <p className="mb-3 text-s text-soft">{t("note")}</p>
          <ActionForm form="moveDeadline" fields={{ orderNo: order.orderNo }}>
            <TextField
              name="to"
              type="datetime-local"
              label={t("to", { timeZone: clock.timeZone })}
              initial={asLocalTime(order.deliverBy, clock.timeZone)}
              required
              className="w-full"
            />
            <TextArea name="reason" label={t("reason")} required />
            <p>
              <Submit>{t("submit")}</Submit>
            </p>
          </ActionForm>
        </div>
      </details>
    </ActionPanel>
  );
}
