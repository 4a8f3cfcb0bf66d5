import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedNotification } from "@/lib/notifications/list-notifications";
import { Cell, Ledger, Row } from "../parts/ledger";
import { Reason } from "../parts/reason";
import { VerdictMark } from "../parts/status";
import { ShortMoment } from "../parts/times";
import { ReplayForm } from "./replay-form";

type Props = {
  notifications: ListedNotification[];
  mayReplay: boolean;
  clock: { timeZone: string; now: Date };
};

export function NotificationTable({ notifications, mayReplay, clock }: Props) {
  const t = useTranslations("desk");
  const column = useTranslations("desk.notifications.columns");
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
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}

function About({ row }: { row: ListedNotification }) {
  if (row.orderNo)
    return (
      <Link className="zg-code" href={`/dashboard/orders/${row.orderNo}`} prefetch={false}>
        {row.orderNo}
      </Link>
    );
  return <span className="zg-code text-soft">{row.outTradeNo ?? row.transactionId ?? "—"}</span>;
}
