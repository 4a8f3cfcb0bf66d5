import Link from "next/link";
import { useTranslations } from "next-intl";
import type { BoardOrder } from "@/lib/deliveries/list-board";
import type { DeskClock } from "../desk-settings";
import { Cell, Ledger, Row } from "../parts/ledger";
import { RunningClock } from "../parts/order-clock";
import { SelectBox } from "../parts/select-box";
import { StandingMark } from "../parts/standing";
import { ShortMoment } from "../parts/times";

type Props = { orders: BoardOrder[]; clock: DeskClock; maySelect: boolean };

export function BoardTable({ orders, clock, maySelect }: Props) {
  const t = useTranslations("desk.board");
  const columns = [
    { label: t("columns.order") },
    { label: t("columns.left") },
    { label: t("columns.state") },
    { label: t("columns.goods") },
    { label: t("columns.person") },
    { label: t("columns.reminders") },
  ];
  return (
    <Ledger label={t("label")} columns={columns}>
      {orders.map((order) => (
        <Row key={order.id}>
          <Cell>
            <div className="flex items-baseline gap-2">
              {maySelect && (
                <SelectBox
                  name="order"
                  value={order.orderNo}
                  label={t("select", { orderNo: order.orderNo })}
                />
              )}
              <div className="min-w-0">
                <Link
                  className="zg-code zg-number"
                  href={`/dashboard/orders/${order.orderNo}`}
                  prefetch={false}
                >
                  {order.orderNo}
                </Link>
                <div className="text-s text-soft">{t(`kinds.${order.kind}`)}</div>
              </div>
            </div>
          </Cell>
          <Cell label={t("columns.left")}>
            <RunningClock order={order} clock={clock} />
            <div className="text-s text-soft">
              {t("until")} <ShortMoment at={order.deliverBy} {...clock} />
            </div>
          </Cell>
          <Cell label={t("columns.state")}>
            <StandingMark standing={order.standing} />
          </Cell>
          <Cell label={t("columns.goods")}>
            <span className="line-clamp-2">{order.goods.title}</span>
            <span className="text-s text-soft">
              {order.goods.lines > 1 && `${t("lines", { count: order.goods.lines })} · `}
              {t("left", { left: order.pieces.of - order.pieces.shipped, of: order.pieces.of })}
            </span>
          </Cell>
          <Cell label={t("columns.person")}>
            {order.person ?? <span className="text-soft">{t("nobody")}</span>}
          </Cell>
          <Cell label={t("columns.reminders")}>
            <Reminders order={order} clock={clock} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

/** How often the buyer has asked, and when last. */
function Reminders({ order, clock }: { order: BoardOrder; clock: DeskClock }) {
  const t = useTranslations("desk.board");
  if (order.reminders === 0) return <span className="text-soft">—</span>;
  return (
    <>
      <span className="font-semibold">{t("reminded", { count: order.reminders })}</span>
      {order.remindedAt && (
        <div className="text-s text-soft">
          <ShortMoment at={order.remindedAt} {...clock} />
        </div>
      )}
    </>
  );
}
