import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { RefundOfMember } from "@/lib/members/list-refunds-of-member";
import type { DeskClock } from "../../desk-settings";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { RefundLink } from "../../parts/refund-link";
import { RefundStatusMark } from "../../parts/status";
import { ShortMoment } from "../../parts/times";
import { RefundReason } from "../../refunds/refund-reason";

/** What goes or went back to this member, of whichever order. */
export function MemberRefunds({ refunds, clock }: { refunds: RefundOfMember[]; clock: DeskClock }) {
  const t = useTranslations("members.one.refunds");
  const columns = [
    { label: t("refund") },
    { label: t("status") },
    { label: t("reason") },
    { label: t("amount"), end: true as const },
    { label: t("at") },
  ];
  return (
    <Ledger label={t("title")} columns={columns}>
      {refunds.map((refund) => (
        <Row key={refund.id}>
          <Cell>
            <RefundLink refundNo={refund.outRefundNo} />
            <div>
              <Link className="text-s" href={`/dashboard/orders/${refund.orderNo}`} prefetch={false}>
                {t("order")} <span className="zg-code">{refund.orderNo}</span>
              </Link>
            </div>
          </Cell>
          <Cell label={t("status")}>
            <RefundStatusMark refund={refund} />
          </Cell>
          <Cell label={t("reason")}>
            <RefundReason reason={refund.reason} words={null} />
          </Cell>
          <Cell label={t("amount")} className="end">
            <Money fen={refund.refundFen} />
          </Cell>
          <Cell label={t("at")}>
            <ShortMoment at={refund.settledAt ?? refund.manualPaidAt ?? refund.createdAt} {...clock} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
