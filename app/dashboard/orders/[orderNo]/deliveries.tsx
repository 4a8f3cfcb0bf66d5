import { useTranslations } from "next-intl";
import type { StaffRole } from "@/lib/db/schema/staff";
import { availableDeliveryActions, undoUntil } from "@/lib/deliveries/available-delivery-actions";
import type { DeliveriesOfOrder } from "@/lib/deliveries/list-deliveries-of-order";
import type { ShownReport } from "@/lib/deliveries/read-reports";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { DeliveryCard } from "./delivery-card";
import { DeliveryForms } from "./delivery-forms";
import { Reports } from "./reports";

type Props = {
  order: DeskOrder;
  of: DeliveriesOfOrder;
  reports: ShownReport[];
  role: StaffRole;
  undoSeconds: number;
  clock: { timeZone: string; now: Date };
};

/** Everything that has left of one order, what can be done about each, and what WeChat was told. */
export function Deliveries({ order, of, reports, role, undoSeconds, clock }: Props) {
  const t = useTranslations("desk.order.deliveries");
  const { deliveries } = of;
  const report = reports.find(({ verdict }) => verdict === "settling") ?? null;
  const undoLeftMs = (shippedAt: Date) =>
    undoUntil({ shippedAt }, undoSeconds).getTime() - clock.now.getTime();
  return (
    <>
      {deliveries.length === 0 && <p className="px-4 py-3 text-soft">{t("none")}</p>}
      <ul>
        {deliveries.map((delivery) => {
          const owed = delivery.replaceable.reduce((sum, line) => sum + line.owed, 0);
          const offs = availableDeliveryActions(
            { ...delivery, owed },
            { role, now: clock.now, undoSeconds, report },
          );
          return (
            <DeliveryCard key={delivery.id} delivery={delivery} all={deliveries} clock={clock}>
              <DeliveryForms
                delivery={delivery}
                order={order}
                offs={offs}
                undoLeftMs={undoLeftMs(delivery.shippedAt)}
              />
            </DeliveryCard>
          );
        })}
      </ul>
      {reports.length > 0 && <Reports reports={reports} clock={clock} />}
    </>
  );
}
