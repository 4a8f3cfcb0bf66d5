import { useTranslations } from "next-intl";
import { Moment } from "@/app/ui/moment";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { Fact, Facts } from "../../parts/facts";
import { TimeLeft } from "../../parts/times";

export function Clock({ order, clock }: { order: DeskOrder; clock: { timeZone: string; now: Date } }) {
  const t = useTranslations("desk.order.clock");
  const { timeZone, now } = clock;
  return (
    <Facts>
      <Fact name={t("created")}>
        <Moment at={order.createdAt} timeZone={timeZone} />
      </Fact>
      {order.paidAt ? (
        <Fact name={t("paid")}>
          <Moment at={order.paidAt} timeZone={timeZone} />
        </Fact>
      ) : (
        <Fact name={t("expires")}>
          <Moment at={order.expiresAt} timeZone={timeZone} />
        </Fact>
      )}
      {order.status === "pending" && (
        <Fact name={t("toPay")}>
          <TimeLeft until={order.expiresAt} now={now} />
        </Fact>
      )}
      {order.deliverBy && (
        <Fact name={t("deliverBy")}>
          <Moment at={order.deliverBy} timeZone={timeZone} />
        </Fact>
      )}
      {order.deliverBy && order.status === "paid" && (
        <Fact name={t("toShip")}>
          <TimeLeft until={order.deliverBy} now={now} />
        </Fact>
      )}
    </Facts>
  );
}
