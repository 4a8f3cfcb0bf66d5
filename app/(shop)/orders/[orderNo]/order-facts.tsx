import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "@/app/ui/moment";
import type { OrderView } from "@/lib/orders/find-order";
import styles from "./order.module.css";

/** Where it goes, and the numbers that support asks for. */
export function OrderFacts({ order, timeZone }: { order: OrderView; timeZone: string }) {
  const t = useTranslations("shop.order");
  const withMoney = order.payments.filter((payment) => payment.transactionId);
  const paid = withMoney.find((payment) => !payment.surplus) ?? withMoney[0];
  return (
    <>
      {order.recipient && (
        <section>
          <h2 className="weui-cells__title">{t("recipient")}</h2>
          <address className={`weui-cells ${styles.address}`}>
            {order.recipient.name} <span className="zg-number">{order.recipient.phone}</span>
            <br />
            {order.recipient.province} {order.recipient.city} {order.recipient.district}{" "}
            {order.recipient.address}
          </address>
        </section>
      )}
      <section>
        <h2 className="weui-cells__title">{t("facts")}</h2>
        <dl className={`weui-cells ${styles.list}`}>
          <Fact label={t("orderNo")}>
            <span className="zg-code">{order.orderNo}</span>
          </Fact>
          <Fact label={t("createdAt")}>
            <Moment at={order.createdAt} timeZone={timeZone} />
          </Fact>
          {order.paidAt && (
            <Fact label={t("paidAt")}>
              <Moment at={order.paidAt} timeZone={timeZone} />
            </Fact>
          )}
          {paid?.transactionId && (
            <Fact label={t("transactionId")}>
              <span className="zg-code">{paid.transactionId}</span>
            </Fact>
          )}
          {order.note && <Fact label={t("note")}>{order.note}</Fact>}
        </dl>
      </section>
      {order.status !== "pending" && (
        <a className={styles.again} href="/">
          {t("again")}
        </a>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
