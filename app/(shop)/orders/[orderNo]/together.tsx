import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatFen } from "@/app/ui/format-fen";
import { Money } from "@/app/ui/money";
import { OrderStatusMark } from "@/app/ui/order-status";
import type { OrderView } from "@/lib/orders/find-order";
import styles from "./together.module.css";

/** The other orders that the same cart became; the one that waits to be paid is one press away once this one is not. */
export function Together({ order }: { order: OrderView }) {
  const t = useTranslations("shop.together");
  const locale = useLocale();
  if (order.together.length === 0) return null;
  const next =
    order.status === "pending" ? undefined : order.together.find(({ status }) => status === "pending");
  return (
    <section>
      <h2 className="weui-cells__title">{t(next ? "next" : "title")}</h2>
      <div className="weui-cells">
        {order.together.map(({ orderNo, kind, status, totalFen }) => (
          <Link key={orderNo} className={styles.order} href={`/orders/${orderNo}`} prefetch={false}>
            <OrderStatusMark status={status} />
            <span className={styles.kind}>{t(`kinds.${kind}`)}</span>
            <Money fen={totalFen} />
          </Link>
        ))}
        <p className={styles.why}>{t("why")}</p>
      </div>
      {next && (
        <Link
          className={`weui-btn weui-btn_primary weui-btn_block ${styles.pay}`}
          href={`/orders/${next.orderNo}`}
          prefetch={false}
        >
          {t("pay", { amount: formatFen(next.totalFen, locale) })}
        </Link>
      )}
    </section>
  );
}
