import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listDeliveriesOfOrder } from "@/lib/deliveries/list-deliveries-of-order";
import { readClock } from "@/lib/deliveries/read-clock";
import { readReports } from "@/lib/deliveries/read-reports";
import { findOrderForDesk } from "@/lib/orders/find-order-for-desk";
import { readTimeline } from "@/lib/orders/read-timeline";
import { listRefundsOfOrder } from "@/lib/refunds/list-refunds-of-order";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../../desk-settings";
import { PageHeading, Section } from "../../parts/heading";
import { OrderStatusMark } from "../../parts/status";
import { AskRefundForm } from "./ask-refund-form";
import { Clock } from "./clock";
import { Deliveries } from "./deliveries";
import { Goods } from "./goods";
import { MoneySummary } from "./money-summary";
import { MoveDeadlineForm } from "./move-deadline-form";
import { OrderAlarms } from "./order-alarms";
import { Payments } from "./payments";
import { People } from "./people";
import { refundTotals } from "./refund-totals";
import { Refunds } from "./refunds";
import { Timeline } from "./timeline";

type Props = { params: Promise<{ orderNo: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("desk.order");
  return { title: t("title", { orderNo: (await params).orderNo.slice(0, 40) }) };
}

export default async function OrderPage({ params }: Props) {
  const { orderNo } = await params;
  const staff = await requireStaffOnPage("orders.read", `/dashboard/orders/${orderNo}`);
  const order = await findOrderForDesk(shop(), orderNo);
  if (!order) notFound();
  const [events, refunds, deliveries, reports, settings, ofClock] = await Promise.all([
    readTimeline(shop(), order.id),
    listRefundsOfOrder(shop(), order.id),
    listDeliveriesOfOrder(shop(), order.id),
    readReports(shop(), order.id),
    readSettings(shop().db),
    readClock(shop(), order.id),
  ]);
  const totals = refundTotals(order, refunds);
  const mayAsk = totals.refundableFen > 0 && isAllowed(staff.role, "refunds.request");
  const clock = await deskClock();
  const t = await getTranslations("desk.order");
  return (
    <>
      <PageHeading
        title={t.rich("heading", {
          orderNo: order.orderNo,
          code: (text) => <span className="zg-code">{text}</span>,
        })}
      >
        <OrderStatusMark status={order.status} closedReason={order.closedReason} />
      </PageHeading>
      <OrderAlarms events={events} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <Section id="goods" title={t("goods.title")}>
            <Goods order={order} />
          </Section>
          {(order.paidAt || reports.length > 0) && (
            <Section id="deliveries" title={t("deliveries.title")}>
              <Deliveries
                order={order}
                of={deliveries}
                reports={reports}
                role={staff.role}
                undoSeconds={settings.deliveryUndoSeconds}
                clock={clock}
              />
            </Section>
          )}
          <Section id="payments" title={t("payments.title")}>
            <Payments payments={order.payments} clock={clock} />
          </Section>
          {(refunds.length > 0 || mayAsk) && (
            <Section id="refunds" title={t("refunds.title")}>
              <Refunds refunds={refunds} clock={clock} />
              {mayAsk && (
                <div className="border-line border-t px-4 py-3">
                  <AskRefundForm order={order} refundableFen={totals.refundableFen} />
                </div>
              )}
            </Section>
          )}
        </div>
        <div className="grid min-w-0 gap-4 sm:grid-cols-2 lg:row-span-2 lg:grid-cols-1">
          <Section id="money" title={t("money.title")}>
            <MoneySummary order={order} totals={totals} />
          </Section>
          <Section id="clock" title={t("clock.title")}>
            <Clock order={order} of={ofClock} clock={clock} />
            {ofClock.clock?.state === "runs" && isAllowed(staff.role, "deadlines.move") && (
              <MoveDeadlineForm order={{ orderNo: order.orderNo, ...ofClock.clock }} clock={clock} />
            )}
          </Section>
          <Section id="people" title={t("people.title")}>
            <People order={order} mayReveal={isAllowed(staff.role, "members.reveal")} />
          </Section>
        </div>
        <Section id="timeline" title={t("timeline.title")}>
          <Timeline events={events} clock={clock} mayReadRaw={isAllowed(staff.role, "notifications.read")} />
        </Section>
      </div>
    </>
  );
}
