import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { MemberView } from "@/lib/members/find-member";
import { mostOrdersCounted } from "@/lib/members/list-members";
import type { DeskClock } from "../../desk-settings";
import { Fact, Facts } from "../../parts/facts";
import { ShortMoment } from "../../parts/times";

/** How this member has been so far. */
export function Totals({ member, clock }: { member: MemberView; clock: DeskClock }) {
  const t = useTranslations("members.one.totals");
  const { orders, paidOrders, paidFen, refundedFen, reminders, lastOrderAt } = member.totals;
  const isMore = orders >= mostOrdersCounted;
  return (
    <>
      <Facts>
        <Fact name={t("joined")}>
          <ShortMoment at={member.createdAt} {...clock} />
        </Fact>
        <Fact name={t("last")}>
          {lastOrderAt ? <ShortMoment at={lastOrderAt} {...clock} /> : <span className="text-soft">—</span>}
        </Fact>
        <Fact name={t("orders")}>
          <span className="zg-number">{isMore ? `${mostOrdersCounted}+` : orders}</span>
        </Fact>
        <Fact name={t("paidOrders")}>
          <span className="zg-number">{paidOrders}</span>
        </Fact>
        <Fact name={t("paid")}>
          <Money fen={paidFen} className={paidFen > 0 ? "font-semibold text-money" : undefined} />
        </Fact>
        {refundedFen > 0 && (
          <Fact name={t("refunded")}>
            <Money fen={refundedFen} />
          </Fact>
        )}
        {reminders > 0 && <Fact name={t("reminders")}>{t("times", { count: reminders })}</Fact>}
        {member.erasedAt && (
          <Fact name={t("erased")}>
            <ShortMoment at={member.erasedAt} {...clock} />
          </Fact>
        )}
      </Facts>
      {isMore && (
        <p className="px-4 pb-3 text-s text-soft">{t("newestOnly", { count: mostOrdersCounted })}</p>
      )}
    </>
  );
}
