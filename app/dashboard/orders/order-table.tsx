import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { ListedOrder } from "@/lib/orders/describe-orders";
import type { DeskClock } from "../desk-settings";
import { Cell, Ledger, Row } from "../parts/ledger";
import { Mark } from "../parts/mark";
import { EndedClock, RunningClock } from "../parts/order-clock";
import { OrderStatusMark } from "../parts/status";
import { ShortMoment, TimeLeft } from "../parts/times";

export function OrderTable({ orders, clock }: { orders: ListedOrder[]; clock: DeskClock }) {
  const t = useTranslations("desk.orders.columns");
  const columns = [
    { label: t("order") },
    { label: t("status") },
    { label: t("goods") },
    { label: t("total"), end: true as const },
    { label: t("created") },
    { label: t("deadline") },
  ];
  return (
    <Ledger label={t("label")} columns={columns}>
      {orders.map((order) => (
        <Row key={order.id}>
          <Cell>
            <Link className="zg-code zg-number" href={`/dashboard/orders/${order.orderNo}`} prefetch={false}>
              {order.orderNo}
            </Link>
          </Cell>
          <Cell label={t("status")}>
            <OrderStatusMark status={order.status} closedReason={order.closedReason} />
            {order.oweFen > 0 && (
              <div>
                <Mark shape="wedge" tone="warn">
                  {t("owed")} <Money fen={order.oweFen} />
                </Mark>
              </div>
            )}
          </Cell>
          <Cell label={t("goods")}>
            <span className="line-clamp-2">{order.title}</span>
            <span className="text-s text-soft">
              {t("pieces", { count: order.quantity })} · {t(order.kind)}
            </span>
          </Cell>
          <Cell label={t("total")} className="end">
            <Money fen={order.totalFen} className={order.paidAt ? "text-money" : undefined} />
          </Cell>
          <Cell label={t("created")}>
            <ShortMoment at={order.createdAt} {...clock} />
          </Cell>
          <Cell label={t("deadline")}>
            <Deadline order={order} clock={clock} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

function Deadline({ order, clock }: { order: ListedOrder; clock: DeskClock }) {
  const t = useTranslations("desk.orders.columns");
  if (order.status === "pending")
    return (
      <>
        {t("toPay")} <TimeLeft until={order.expiresAt} now={clock.now} />
      </>
    );
  if (!order.clock) return <span className="text-soft">—</span>;
  return order.clock.state === "runs" ? (
    <RunningClock order={order.clock} clock={clock} />
  ) : (
    <EndedClock why={order.clock.why} />
  );
}
