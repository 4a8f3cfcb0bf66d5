import { useTranslations } from "next-intl";
import { asLocalTime } from "@/lib/calendar/local-time";
import type { DeskClock } from "../../desk-settings";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextArea, TextField } from "../../parts/form-fields";

type Props = { order: { orderNo: string; deliverBy: Date }; clock: DeskClock };

export function MoveDeadlineForm({ order, clock }: Props) {
  const t = useTranslations("desk.order.clock.move");
  return (
    <ActionForm
      key={order.deliverBy.getTime()}
      form="moveDeadline"
      fields={{ orderNo: order.orderNo }}
      className="grid gap-3"
    >
      <p className="text-s text-soft">{t("note")}</p>
      <TextField
        name="to"
        type="datetime-local"
        label={t("to", { timeZone: clock.timeZone })}
        initial={asLocalTime(order.deliverBy, clock.timeZone)}
        required
      />
      <TextArea name="reason" label={t("reason")} required />
      <Submit primary>{t("submit")}</Submit>
    </ActionForm>
  );
}
