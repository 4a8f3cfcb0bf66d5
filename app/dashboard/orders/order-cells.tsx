import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatFen } from "@/app/ui/format-fen";
import type { ListedOrder } from "@/lib/orders/describe-orders";
import type { DeskClock } from "../desk-settings";
import { Mark } from "../parts/mark";
import { EndedClock, RunningClock } from "../parts/order-clock";
import { OrderStatusMark } from "../parts/status";
import { ShortMoment, TimeLeft } from "../parts/times";
import type { ListColumn } from "./list-address";

type Cells = Record<ListColumn, (order: ListedOrder) => ReactNode>;

const none = <span className="text-soft">—</span>;

/** What each column says of an order. Functions and not components: a page has hundreds of these. */
export function useOrderCells({ clock, isCompact }: { clock: DeskClock; isCompact: boolean }): Cells {
  const t = useTranslations("lists.cells");
  const trade = useTranslations("lists.filters.trade");
  const locale = useLocale();
  const money = (fen: number) => formatFen(fen, locale);
  return {
    /** What was paid beside the price, and what goes back: money that goes back is never green. */
    status: (order) => (
      <>
        <OrderStatusMark status={order.status} closedReason={order.closedReason} />
        {order.oweFen > 0 && (
          <div>
            <Mark shape="wedge" tone="warn">
              {t("owed")} {money(order.oweFen)}
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
          <div className="zg-number text-s text-soft">
            {t("back")} {money(order.refundedFen)}
          </div>
        )}
      </>
    ),
    goods: (order) => {
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
    },
    /** Masked: the order itself reveals it, to whom may and with a record. */
    recipient: ({ recipient }) =>
      recipient ? (
        <>
          <span className="zg-number">
            {recipient.name} {recipient.phoneTail}
          </span>{" "}
          <span className="text-s text-soft whitespace-nowrap">
            {[...new Set([recipient.province, recipient.city])].join(" ")}
          </span>
        </>
      ) : (
        none
      ),
    total: (order) => (
      <span className={order.paidAt ? "zg-number text-money" : "zg-number"}>{money(order.totalFen)}</span>
    ),
    created: (order) => <ShortMoment at={order.createdAt} {...clock} />,
    deadline: (order) => {
      if (order.status === "pending")
        return (
          <>
            {t("toPay")} <TimeLeft until={order.expiresAt} now={clock.now} />
          </>
        );
      if (!order.clock) return none;
      return order.clock.state === "runs" ? (
        <RunningClock order={order.clock} clock={clock} />
      ) : (
        <EndedClock why={order.clock.why} />
      );
    },
    paid: (order) => (order.paidAt ? <ShortMoment at={order.paidAt} {...clock} /> : none),
    trade: (order) => (order.tradeType ? trade(order.tradeType) : none),
    person: (order) => order.person ?? none,
  };
}
