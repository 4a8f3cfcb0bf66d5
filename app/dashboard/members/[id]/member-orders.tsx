import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { listOrdersOfMember, OrderOfMember } from "@/lib/members/list-orders-of-member";
import type { DeskClock } from "../../desk-settings";
import { Empty } from "../../parts/heading";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { hrefOf } from "../../parts/query";
import { OrderStatusMark } from "../../parts/status";
import { ShortMoment } from "../../parts/times";

type Props = {
  page: Awaited<ReturnType<typeof listOrdersOfMember>>;
  path: string;
  isFirst: boolean;
  clock: DeskClock;
};

export function MemberOrders({ page, path, isFirst, clock }: Props) {
  const t = useTranslations("members.one.orders");
  const columns = [
    { label: t("order") },
    { label: t("status") },
    { label: t("goods") },
    { label: t("total"), end: true as const },
    { label: t("at") },
  ];
  return (
    <>
      {page.orders.length === 0 ? (
        <Empty title={t(isFirst ? "none" : "noneOlder")} />
      ) : (
        <Ledger label={t("title")} columns={columns}>
          {page.orders.map((order) => (
            <OrderRow key={order.id} order={order} clock={clock} />
          ))}
        </Ledger>
      )}
      {(!isFirst || page.older !== null) && (
        <nav aria-label={t("pages")} className="flex justify-between gap-4 border-line border-t px-4 py-3">
          {isFirst ? (
            <span />
          ) : (
            <Link className="button" href={path} prefetch={false}>
              {t("newest")}
            </Link>
          )}
          {page.older !== null && (
            <Link className="button" href={hrefOf(path, { before: page.older })} prefetch={false}>
              {t("older")}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}

function OrderRow({ order, clock }: { order: OrderOfMember; clock: DeskClock }) {
  const t = useTranslations("members.one.orders");
  return (
    <Row>
      <Cell>
        <Link className="zg-code zg-number" href={`/dashboard/orders/${order.orderNo}`} prefetch={false}>
          {order.orderNo}
        </Link>
      </Cell>
      <Cell label={t("status")}>
        <OrderStatusMark status={order.status} closedReason={order.closedReason} />
        {order.remindedAt && (
          <div className="text-s text-soft">
            {t("reminded", { count: order.reminders })} <ShortMoment at={order.remindedAt} {...clock} />
          </div>
        )}
      </Cell>
      <Cell label={t("goods")}>
        <span className="line-clamp-2">{order.title}</span>
        <span className="text-s text-soft">{t("pieces", { count: order.quantity })}</span>
      </Cell>
      <Cell label={t("total")} className="end">
        <Money fen={order.totalFen} className={order.paidAt ? "text-money" : undefined} />
      </Cell>
      <Cell label={t("at")}>
        <ShortMoment at={order.createdAt} {...clock} />
      </Cell>
    </Row>
  );
}
