import { useTranslations } from "next-intl";
import type { Packer } from "@/lib/staff/list-packers";
import { ActionForm } from "../../parts/action-panel";
import { SelectField, Submit } from "../../parts/form-fields";

type Props = { order: { orderNo: string; assignedTo: number | null }; packers: Packer[] };

/** Who packs it: one of those who ship, or nobody. */
export function AssignForm({ order, packers }: Props) {
  const t = useTranslations("order.assign");
  const choices = packers.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <ActionForm
      form="assign"
      fields={{ orderNo: order.orderNo }}
      className="flex flex-wrap items-end gap-3"
      key={order.assignedTo}
    >
      <SelectField
        name="to"
        label={t("to")}
        initial={order.assignedTo === null ? "nobody" : String(order.assignedTo)}
        choices={[...choices, { value: "nobody", label: t("nobody") }]}
      />
      <Submit primary>{t("submit")}</Submit>
    </ActionForm>
  );
}
