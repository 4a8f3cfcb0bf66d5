import { useTranslations } from "next-intl";
import type { StaffRole } from "@/lib/db/schema/staff";
import { availableDeliveryActions, undoUntil, whyNotShip } from "@/lib/deliveries/available-delivery-actions";
import type { DeliveriesOfOrder } from "@/lib/deliveries/list-deliveries-of-order";
import type { ShownReport } from "@/lib/deliveries/read-reports";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { isAllowed } from "@/lib/staff/rights";
import { ActionPanel } from "../../parts/action-panel";
import { actOnDelivery } from "./act-on-delivery";
import { DeliveryCard } from "./delivery-card";
import { DeliveryForms } from "./delivery-forms";
import { Reports } from "./reports";
import { ShipForm } from "./ship-form";

type Props = {
  order: DeskOrder;
  of: DeliveriesOfOrder;
  reports: ShownReport[];
  role: StaffRole;
  undoSeconds: number;
  clock: { timeZone: string; now: Date };
};

/** Everything that has left of one order, what can be done about it, and the form by which the rest leaves. */
export function Deliveries({ order, of, reports, role, undoSeconds, clock }: Props) {
  const t = useTranslations("desk.order.deliveries");
  const { deliveries, pieces } = of;
  const report = reports.find(({ verdict }) => verdict === "settling") ?? null;
  const off = whyNotShip({ status: order.status, pieces }, { role });
  const undoLeftMs = (shippedAt: Date) =>
    undoUntil({ shippedAt }, undoSeconds).getTime() - clock.now.getTime();
  return (
    <ActionPanel action={actOnDelivery} className="mx-4 mt-3">
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
      {reports.length > 0 && (
        <Reports
          reports={reports}
          orderNo={order.orderNo}
          maySend={isAllowed(role, "orders.ship")}
          clock={clock}
        />
      )}
      <div className="border-line border-t px-4 py-3">
        {off === null ? (
          <details open={deliveries.length === 0} className="rounded-md border border-line">
            <summary className="cursor-pointer px-3 py-2 font-semibold">
              {t(deliveries.length === 0 ? "shipTitle" : "shipMoreTitle")}
            </summary>
            <div className="px-3 pt-1 pb-3">
              <ShipForm
                orderNo={order.orderNo}
                kind={order.kind}
                pieces={pieces}
                deliveriesSeen={deliveries.length}
                undoSeconds={undoSeconds}
              />
            </div>
          </details>
        ) : (
          <p className="text-s text-soft">{t(`whyNotShip.${off}`)}</p>
        )}
      </div>
    </ActionPanel>
  );
}
