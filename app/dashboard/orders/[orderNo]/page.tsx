import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { listDeliveriesOfOrder } from "@/lib/deliveries/list-deliveries-of-order";
import { readClock } from "@/lib/deliveries/read-clock";
import { readReports } from "@/lib/deliveries/read-reports";
import { listNotes } from "@/lib/notes/list-notes";
import { availableOrderActions } from "@/lib/orders/available-order-actions";
import { findOrderForDesk } from "@/lib/orders/find-order-for-desk";
import { nextSteps } from "@/lib/orders/next-steps";
import { readTimeline } from "@/lib/orders/read-timeline";
import { isOfGroup, timelineGroups } from "@/lib/orders/timeline-groups";
import { listRefundsOfOrder } from "@/lib/refunds/list-refunds-of-order";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { listPackers } from "@/lib/staff/list-packers";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../../desk-settings";
import { ActionPanel } from "../../parts/action-panel";
import { PageHeading, Section } from "../../parts/heading";
import { firstOf, oneOf, type SearchParams } from "../../parts/query";
import { OrderStatusMark } from "../../parts/status";
import { actOnOrder } from "./act-on-order";
import { Clock } from "./clock";
import { Deliveries } from "./deliveries";
import { Goods } from "./goods";
import { MoneySummary } from "./money-summary";
import { NextSection } from "./next-section";
import { Notes } from "./notes";
import { OrderAlarms } from "./order-alarms";
import { Payments } from "./payments";
import { People } from "./people";
import { refundTotals } from "./refund-totals";
import { Refunds } from "./refunds";
import { Timeline } from "./timeline";
import { TimelineFilter, timelineSorts } from "./timeline-filter";

type Props = { params: Promise<{ orderNo: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("desk.order");
  return { title: t("title", { orderNo: (await params).orderNo.slice(0, 40) }) };
}

/** What needs a hand now comes first; then goods and money beside people and clock; then what happened. */
export default async function OrderPage({ params, searchParams }: Props) {
  const { orderNo } = await params;
  const path = `/dashboard/orders/${orderNo}`;
  const staff = await requireStaffOnPage("orders.read", path);
  const query = await searchParams;
  const order = await findOrderForDesk(shop(), orderNo);
  if (!order) notFound();
  const [events, refunds, deliveries, reports, notes, packers, settings, ofClock] = await Promise.all([
    readTimeline(shop(), order.id),
    listRefundsOfOrder(shop(), order.id),
    listDeliveriesOfOrder(shop(), order.id),
    readReports(shop(), order.id),
    listNotes(shop(), { orderNo: order.orderNo }),
    listPackers(shop().db),
    readSettings(shop().db),
    readClock(shop(), order.id),
  ]);
  const totals = refundTotals(order, refunds);
  const { pieces } = deliveries;
  const offs = availableOrderActions(
    { ...order, ...ofClock, pieces, reports, refunds, refundableFen: totals.refundableFen },
    staff,
  );
  const steps = nextSteps({
    ...{ status: order.status, pieces, reports, refunds, reminders: ofClock.reminders },
    deliveries: deliveries.deliveries,
    disputedFen: totals.unreturnedFen.mismatch,
    owedFen: totals.unreturnedFen.surplus,
  });
  const of = oneOf(query.of, timelineGroups);
  const sort = oneOf(query.sort, timelineSorts) ?? "newest";
  const isMadeUp = firstOf(query.of) !== of || (firstOf(query.sort) ?? sort) !== sort;
  const clock = await deskClock();
  const t = await getTranslations("desk.order");
  const own = await getTranslations("order");
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
      <ActionPanel action={actOnOrder}>
        <OrderAlarms events={events} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid min-w-0 gap-4">
            <NextSection
              of={{
                ...{ order, deliveries, reports, refunds, ofClock, packers },
                refundableFen: totals.refundableFen,
                undoSeconds: settings.deliveryUndoSeconds,
              }}
              steps={steps}
              offs={offs}
              role={staff.role}
              clock={clock}
            />
            <Section id="goods" title={t("goods.title")}>
              <Goods order={order} />
              <MoneySummary order={order} totals={totals} />
            </Section>
          </div>
          <div className="grid min-w-0 gap-4 sm:grid-cols-2 lg:row-span-2 lg:grid-cols-1">
            <Section id="notes" title={own("notes.title")}>
              <Notes notes={notes} clock={clock} />
            </Section>
            <Section id="people" title={t("people.title")}>
              <People order={order} mayReveal={isAllowed(staff.role, "members.reveal")} />
            </Section>
            <Section id="clock" title={t("clock.title")}>
              <Clock order={order} of={ofClock} clock={clock} />
            </Section>
          </div>
          <div className="grid min-w-0 gap-4">
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
            {refunds.length > 0 && (
              <Section id="refunds" title={t("refunds.title")}>
                <Refunds refunds={refunds} clock={clock} />
              </Section>
            )}
            <Section id="payments" title={t("payments.title")}>
              <Payments payments={order.payments} clock={clock} />
            </Section>
            <Section id="timeline" title={t("timeline.title")}>
              <TimelineFilter path={path} query={{ of, sort }} />
              {isMadeUp && (
                <p role="status" className="px-4 pt-3 text-warn">
                  {own("timeline.madeUp")}
                </p>
              )}
              <Timeline
                events={of ? events.filter((event) => isOfGroup(event, of)) : events}
                clock={clock}
                mayReadRaw={isAllowed(staff.role, "notifications.read")}
                isNewestFirst={sort === "newest"}
              />
            </Section>
          </div>
        </div>
      </ActionPanel>
    </>
  );
}
