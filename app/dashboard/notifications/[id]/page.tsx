import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Moment } from "@/app/ui/moment";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { findNotification } from "@/lib/notifications/list-notifications";
import { shop } from "@/lib/shop";
import { isAllowed } from "@/lib/staff/rights";
import { deskClock } from "../../desk-settings";
import { ActionPanel } from "../../parts/action-panel";
import { Fact, Facts } from "../../parts/facts";
import { PageHeading, Section } from "../../parts/heading";
import { cursorOf } from "../../parts/query";
import { RawMessage } from "../../parts/raw-message";
import { Reason } from "../../parts/reason";
import { VerdictMark } from "../../parts/status";
import { replay } from "../replay";
import { ReplayForm } from "../replay-form";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("desk.notifications");
  return { title: t("one", { id: (await params).id.slice(0, 20) }) };
}

export default async function NotificationPage({ params }: Props) {
  const { id } = await params;
  const staff = await requireStaffOnPage("notifications.read", `/dashboard/notifications/${id}`);
  const number = cursorOf(id);
  const row = number === undefined ? null : await findNotification(shop(), number);
  if (!row) notFound();

  const t = await getTranslations("desk");
  const column = await getTranslations("desk.notifications.columns");
  const { timeZone } = await deskClock();
  return (
    <>
      <PageHeading title={t("notifications.one", { id })} note={<Reason text={row.reason} />}>
        <VerdictMark verdict={row.verdict} />
      </PageHeading>
      <ActionPanel action={replay}>
        {row.verdict === "failed" && (
          <div className="sheet mb-4 px-4 py-3">
            <p className="max-w-[52em]">{t("notifications.replay.what")}</p>
            <ReplayForm row={row} mayReplay={isAllowed(staff.role, "notifications.replay")} />
          </div>
        )}
      </ActionPanel>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Section id="raw" title={t("raw.label")}>
          <div className="px-4 py-3">
            <p className="text-s text-soft">{t("raw.note", { bytes: row.bytes })}</p>
            <RawMessage headers={row.headers} raw={row.raw} />
          </div>
        </Section>
        <Section id="facts" title={t("notifications.facts")}>
          <Facts>
            <Fact name={column("message")}>{t(`notificationKind.${row.kind}`)}</Fact>
            {row.orderNo && (
              <Fact name={t("money.order")}>
                <Link className="zg-code" href={`/dashboard/orders/${row.orderNo}`} prefetch={false}>
                  {row.orderNo}
                </Link>
              </Fact>
            )}
            {row.outTradeNo && (
              <Fact name={t("money.outTradeNo")}>
                <span className="zg-code">{row.outTradeNo}</span>
              </Fact>
            )}
            {row.transactionId && (
              <Fact name={t("order.payments.transaction")}>
                <span className="zg-code">{row.transactionId}</span>
              </Fact>
            )}
            <Fact name={column("answer")}>
              <span className="zg-code">{row.answer}</span>
            </Fact>
            <Fact name={column("copies")}>{row.copies}</Fact>
            <Fact name={column("at")}>
              <Moment at={row.receivedAt} timeZone={timeZone} />
            </Fact>
            {row.copies > 0 && (
              <Fact name={t("notifications.lastAt")}>
                <Moment at={row.lastReceivedAt} timeZone={timeZone} />
              </Fact>
            )}
            {row.address && (
              <Fact name={t("notifications.address")}>
                <span className="zg-code">{row.address}</span>
              </Fact>
            )}
          </Facts>
        </Section>
      </div>
    </>
  );
}
