import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedNotification } from "@/lib/notifications/list-notifications";
import { Cell, Ledger, Row } from "../parts/ledger";
import { Reason } from "../parts/reason";
import { VerdictMark } from "../parts/status";
import { ShortMoment, useSpan } from "../parts/times";
import { ReplayForm } from "./replay-form";

type Props = {
  notifications: ListedNotification[];
  mayReplay: boolean;
  clock: { timeZone: string; now: Date };
};

export function NotificationTable({ notifications, mayReplay, clock }: Props) {
  const t = useTranslations("desk");
  const column = useTranslations("desk.notifications.columns");
  const span = useSpan();
  const columns = [
    { label: column("message") },
    { label: column("verdict") },
    { label: column("about") },
    { label: column("answer") },
    { label: column("copies"), end: true as const },
    { label: column("at") },
  ];
  return (
    <Ledger label={t("notifications.label")} columns={columns}>
      {notifications.map((row) => (
        <Row key={row.id}>
          <Cell>
            <Link href={`/dashboard/notifications/${row.id}`} prefetch={false}>
              {t(`notificationKind.${row.kind}`)} <span className="zg-number">#{row.id}</span>
            </Link>
            {row.address && <div className="zg-code text-s text-soft">{row.address}</div>}
          </Cell>
          <Cell label={column("verdict")}>
            <VerdictMark verdict={row.verdict} />
            <Reason text={row.reason} />
            <ReplayForm row={row} mayReplay={mayReplay} />
          </Cell>
          <Cell label={column("about")}>
            <About row={row} />
          </Cell>
          <Cell label={column("answer")}>
            <span className="zg-code">{row.answer}</span>
          </Cell>
          <Cell label={column("copies")} className="end">
            <span className="zg-number">{row.copies}</span>
          </Cell>
          <Cell label={column("at")}>
            <ShortMoment at={row.receivedAt} {...clock} />
            <div className="text-s text-soft">
              {t("notifications.age", {
                span: span(Math.max(0, clock.now.getTime() - row.receivedAt.getTime())),
              })}
            </div>
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

function About({ row }: { row: ListedNotification }) {
  return (
    <>
      {row.orderNo && (
        <Link className="zg-code" href={`/dashboard/orders/${row.orderNo}`} prefetch={false}>
          {row.orderNo}
        </Link>
      )}
      <div className="zg-code text-s text-soft">{row.transactionId ?? row.outTradeNo ?? "—"}</div>
    </>
  );
}
