import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { ListedOrder } from "@/lib/orders/describe-orders";
import type { DeskClock } from "../desk-settings";
import { Mark } from "../parts/mark";
import { EndedClock, RunningClock } from "../parts/order-clock";
import { OrderStatusMark } from "../parts/status";
import { ShortMoment, TimeLeft } from "../parts/times";
import type { ListColumn } from "./list-address";

type Props = { order: ListedOrder; clock: DeskClock; isCompact: boolean };

/** What one column says of an order. */
export function OrderCell({ column, ...props }: Props & { column: ListColumn }) {
  const Shown = cells[column];
  return <Shown {...props} />;
}

const cells: Record<ListColumn, (props: Props) => React.ReactNode> = {
  status: Status,
  goods: Goods,
  total: ({ order }) => <Money fen={order.totalFen} className={order.paidAt ? "text-money" : undefined} />,
  created: ({ order, clock }) => <ShortMoment at={order.createdAt} {...clock} />,
  deadline: Deadline,
  paid: ({ order, clock }) => (order.paidAt ? <ShortMoment at={order.paidAt} {...clock} /> : <None />),
  recipient: Recipient,
  trade: Trade,
  person: ({ order }) => order.person ?? <None />,
};

function None() {
  return <span className="text-soft">—</span>;
}

/** What was paid beside the price, and what goes back: money that goes back is never green. */
function Status({ order }: Props) {
  const t = useTranslations("lists.cells");
  return (
    <>
      <OrderStatusMark status={order.status} closedReason={order.closedReason} />
      {order.oweFen > 0 && (
        <div>
          <Mark shape="wedge" tone="warn">
            {t("owed")} <Money fen={order.oweFen} />
          </Mark>
        </div>
      )}
      {order.refund === "asked" && (
        <div>
          <Mark shape="half" tone="accent">
            {t("refundAsked")}
          </Mark>
        </div>
      )}
      {order.refundedFen > 0 && order.closedReason !== "refunded" && (
        <div className="text-s text-soft">
          {t("back")} <Money fen={order.refundedFen} />
        </div>
      )}
    </>
  );
}

function Goods({ order, isCompact }: Props) {
  const t = useTranslations("lists.cells");
  const size = `${t("pieces", { count: order.quantity })} · ${t(order.kind)}`;
  const title = order.lines > 1 ? t("andMore", { title: order.title, lines: order.lines }) : order.title;
  return isCompact ? (
    <span className="line-clamp-1" title={title}>
      <span className="text-soft">{size}</span> {title}
    </span>
  ) : (
    <>
      <span className="line-clamp-2">{title}</span>
      <span className="text-s text-soft">{size}</span>
    </>
  );
}

function Deadline({ order, clock }: Props) {
  const t = useTranslations("lists.cells");
  if (order.status === "pending")
    return (
      <>
        {t("toPay")} <TimeLeft until={order.expiresAt} now={clock.now} />
      </>
    );
  if (!order.clock) return <None />;
  return order.clock.state === "runs" ? (
    <RunningClock order={order.clock} clock={clock} />
  ) : (
    <EndedClock why={order.clock.why} />
  );
}

/** Masked: the order itself reveals it, to whom may and with a record. */
function Recipient({ order: { recipient } }: Props) {
  if (!recipient) return <None />;
  const places = [...new Set([recipient.province, recipient.city])];
  return (
    <>
      <span className="whitespace-nowrap">
        {recipient.name} <span className="zg-number">{recipient.phoneTail}</span>
      </span>{" "}
      <span className="text-s text-soft whitespace-nowrap">{places.join(" ")}</span>
    </>
  );
}

function Trade({ order }: Props) {
  const t = useTranslations("lists.filters.trade");
  return order.tradeType ? t(order.tradeType) : <None />;
}
