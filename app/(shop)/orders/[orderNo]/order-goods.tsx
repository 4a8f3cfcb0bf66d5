import { useTranslations } from "next-intl";
import type { OrderView } from "@/lib/orders/find-order";
import { Amounts } from "../../amounts";
import { GoodsLine } from "../../goods-line";
import styles from "./order.module.css";

/** What was ordered and what it costs. Once money came in, the sum says so. */
export function OrderGoods({ order }: { order: OrderView }) {
  const t = useTranslations("shop.order");
  const freight = { label: t("freight"), fen: order.freightFen, zero: t("free") };
  return (
    <section>
      <h2 className="weui-cells__title">{t("goods")}</h2>
      <div className={`weui-cells ${styles.lines}`}>
        {order.lines.map((line) => (
          <GoodsLine key={line.sku} line={line} />
        ))}
      </div>
      <div className={styles.amounts}>
        <Amounts
          rows={[
            { label: t("goodsTotal"), fen: order.goodsFen },
            ...(order.kind === "physical" ? [freight] : []),
            ...(order.paidFen > 0 ? [{ label: t("total"), fen: order.totalFen }] : []),
          ]}
          total={
            order.paidFen > 0
              ? { label: t("received"), fen: order.paidFen, received: true }
              : { label: t("total"), fen: order.totalFen }
          }
          after={order.refundedFen > 0 ? [{ label: t("refunded"), fen: -order.refundedFen }] : []}
        />
      </div>
    </section>
  );
}
