import { useTranslations } from "next-intl";
import { Moment } from "@/app/ui/moment";
import type { OrderView } from "@/lib/orders/find-order";
import { CopyButton } from "./copy-button";
import { Fact } from "./fact";
import styles from "./order.module.css";

/** Where it goes, and the numbers that support asks for. */
export function OrderFacts({ order, timeZone }: { order: OrderView; timeZone: string }) {
  const t = useTranslations("shop.order");
  const words = useTranslations("shop.deliveries");
  const copy = { copy: words("copy"), copied: words("copied") };
  const withMoney = order.payments.filter((payment) => payment.transactionId);
  const paid = withMoney.find((payment) => !payment.surplus) ?? withMoney[0];
  return (
    <>
      {order.recipient && (
        <section>
          <h2 className="weui-cells__title">{t("recipient")}</h2>
          <div className={`weui-cells ${styles.recipient}`}>
            <address className={styles.address}>
              {order.recipient.name} <span className="zg-number">{order.recipient.phone}</span>
              <br />
              {placeOf(order.recipient)}
            </address>
            <CopyButton
              text={`${order.recipient.name} ${order.recipient.phone} ${placeOf(order.recipient)}`}
              words={copy}
            />
          </div>
        </section>
      )}
      <section>
        <h2 className="weui-cells__title">{t("facts")}</h2>
        <dl className={`weui-cells ${styles.list}`}>
          <Fact label={t("orderNo")}>
            <span className={styles.code}>
              <span className="zg-code">{order.orderNo}</span>
              <CopyButton text={order.orderNo} words={copy} />
            </span>
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
    </>
  );
}

function placeOf({ province, city, district, address }: NonNullable<OrderView["recipient"]>): string {
  return [province, city, district, address].filter((part) => part !== "").join(" ");
}
