import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { Fact, Facts } from "../../parts/facts";
import { Mark } from "../../parts/mark";
import { RecipientCard } from "./recipient-card";

export function People({ order, mayReveal }: { order: DeskOrder; mayReveal: boolean }) {
  const t = useTranslations("desk.order.people");
  const own = useTranslations("order.people");
  const { member } = order;
  const payers = [
    ...new Set(order.receipts.map((receipt) => receipt.payer).filter((payer) => payer !== null)),
  ];
  return (
    <>
      <Facts>
        <Fact name={t("member")}>
          <Link href={`/dashboard/members/${order.memberId}`} prefetch={false} className="zg-number">
            #{order.memberId}
          </Link>{" "}
          {order.identities.length === 0 && <span className="text-soft">{t("guest")}</span>}
          {member.blockedAt && (
            <Mark shape="bar" tone="danger">
              {own("blocked")}
            </Mark>
          )}
          {member.erasedAt && <span className="text-soft">{own("erased")}</span>}
        </Fact>
        <Fact name={own("orders")}>
          <span className="zg-number">
            {member.orders}
            {member.isMore && "+"}
          </span>
        </Fact>
        {order.identities.map(({ appid, openid }) => (
          <Fact key={`${appid} ${openid}`} name={t("openid")}>
            <span className="zg-code">{openid}</span>
          </Fact>
        ))}
        {payers.map((payer) => (
          <Fact key={payer} name={t("payer")}>
            <span className="zg-code">{payer}</span>
          </Fact>
        ))}
      </Facts>
      {order.recipient && (
        <div className="border-line border-t px-4 py-3">
          <RecipientCard
            orderNo={order.orderNo}
            masked={order.recipient}
            mayReveal={mayReveal}
            words={{
              title: t("recipient"),
              reveal: t("reveal"),
              hint: mayReveal ? t("revealHint") : t("mayNotReveal"),
              failed: t("revealFailed"),
            }}
          />
        </div>
      )}
    </>
  );
}
