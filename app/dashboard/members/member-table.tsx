import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import { type ListedMember, mostOrdersCounted } from "@/lib/members/list-members";
import type { DeskClock } from "../desk-settings";
import { Cell, Ledger, Row } from "../parts/ledger";
import { ShortMoment } from "../parts/times";
import { MemberMarks } from "./member-marks";

export function MemberTable({ members, clock }: { members: ListedMember[]; clock: DeskClock }) {
  const t = useTranslations("members.list.columns");
  const columns = [
    { label: t("member") },
    { label: t("recipient") },
    { label: t("orders"), end: true as const },
    { label: t("paid"), end: true as const },
    { label: t("last") },
    { label: t("joined") },
  ];
  return (
    <Ledger label={t("label")} columns={columns}>
      {members.map((member) => (
        <Row key={member.id}>
          <Cell>
            <div className="flex flex-wrap items-baseline gap-x-3">
              <Link className="zg-code zg-number" href={`/dashboard/members/${member.id}`} prefetch={false}>
                #{member.id}
              </Link>
              <MemberMarks member={member} />
            </div>
            {member.tags.length > 0 && <div className="text-s text-soft">{member.tags.join(" · ")}</div>}
          </Cell>
          <Cell label={t("recipient")}>
            {member.recipient ? (
              <>
                {member.recipient.name} <span className="zg-number">{member.recipient.phone}</span>
                <div className="text-s text-soft">
                  {member.recipient.province} {member.recipient.city}
                </div>
              </>
            ) : (
              <span className="text-soft">—</span>
            )}
          </Cell>
          <Cell label={t("orders")} className="end">
            <span className="zg-number">
              {member.orders < mostOrdersCounted ? member.orders : `${mostOrdersCounted}+`}
            </span>
          </Cell>
          <Cell label={t("paid")} className="end">
            <Money fen={member.paidFen} className={member.paidFen > 0 ? "text-money" : "text-soft"} />
          </Cell>
          <Cell label={t("last")}>
            {member.lastOrder ? (
              <Link href={`/dashboard/orders/${member.lastOrder.orderNo}`} prefetch={false}>
                <ShortMoment at={member.lastOrder.createdAt} {...clock} />
              </Link>
            ) : (
              <span className="text-soft">{t("noOrder")}</span>
            )}
          </Cell>
          <Cell label={t("joined")}>
            <ShortMoment at={member.createdAt} {...clock} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
