import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { availableActions } from "@/lib/refunds/available-actions";
import { findRefund } from "@/lib/refunds/find-refund";
import { readRefundTimeline } from "@/lib/refunds/read-refund-timeline";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { deskClock } from "../../desk-settings";
import { Timeline } from "../../orders/[orderNo]/timeline";
import { ActionPanel } from "../../parts/action-panel";
import { PageHeading, Section } from "../../parts/heading";
import { refundHref } from "../../parts/refund-link";
import { RefundStatusMark } from "../../parts/status";
import { SendingPaused } from "../sending-paused";
import { act } from "./act";
import { Actions } from "./actions";
import { Asked } from "./asked";
import { Goods } from "./goods";
import { readRefundNo } from "./read-refund-no";
import { RefundMoney } from "./refund-money";
import { WhereItStands } from "./where-it-stands";

type Props = { params: Promise<{ refundNo: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("desk.refund");
  return { title: t("title", { refundNo: readRefundNo((await params).refundNo).slice(0, 64) }) };
}

export default async function RefundPage({ params }: Props) {
  const refundNo = readRefundNo((await params).refundNo);
  const staff = await requireStaffOnPage("refunds.read", refundHref(refundNo));
  const found = await findRefund(shop(), refundNo);
  if (!found) notFound();
  const { refund } = found;
  const [events, settings] = await Promise.all([
    readRefundTimeline(shop(), { refundId: refund.id, orderId: refund.orderId, receiptId: refund.receiptId }),
    readSettings(shop().db),
  ]);
  const clock = await deskClock();
  const offs = availableActions(
    { ...refund, togetherFen: found.togetherFen, hasShipped: found.lines.some((line) => line.shipped > 0) },
    { staff, now: clock.now, secondPersonFromFen: settings.refundSecondPersonFromFen },
  );
  const t = await getTranslations("desk.refund");
  // Keyed, so that the panel keeps its answer when it changes places.
  const actions = (
    <Section key="actions" id="actions" title={t("actions.title")}>
      <div className="px-4 py-3">
        <ActionPanel action={act}>
          <WhereItStands found={found} clock={clock} />
          <Actions found={found} offs={offs} viewer={staff} settings={settings} clock={clock} />
        </ActionPanel>
      </div>
    </Section>
  );
  const asked = (
    <Section key="asked" id="asked" title={t("asked.title")}>
      <Asked found={found} clock={clock} />
    </Section>
  );
  const goods = found.lines.length > 0 && (
    <Section key="goods" id="goods" title={t("goods.title")}>
      <Goods lines={found.lines} />
    </Section>
  );
  return (
    <>
      <PageHeading
        title={t.rich("heading", {
          refundNo: refund.outRefundNo,
          code: (text) => <span className="zg-code">{text}</span>,
        })}
      >
        <RefundStatusMark refund={refund} />
      </PageHeading>
      {(refund.status === "approved" || refund.status === "sending") && <SendingPaused />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          {refund.status === "requested" ? [asked, goods, actions] : [actions, asked, goods]}
        </div>
        <div className="grid min-w-0 gap-4 lg:row-span-2">
          <Section id="money" title={t("money.title")}>
            <RefundMoney found={found} clock={clock} />
          </Section>
        </div>
        <Section id="timeline" title={t("timeline")}>
          <Timeline events={events} clock={clock} mayReadRaw={false} />
        </Section>
      </div>
    </>
  );
}
