import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { Fact, Facts } from "../../parts/facts";
import { Mark } from "../../parts/mark";

export function MoneySummary({ order }: { order: DeskOrder }) {
  const t = useTranslations("desk.order.money");
  const disputed = order.receipts.filter((receipt) => receipt.verdict === "mismatch");
  return (
    <Facts>
      <Fact name={t("goods")}>
        <Money fen={order.goodsFen} />
      </Fact>
      <Fact name={t("freight")}>
        <Money fen={order.freightFen} />
      </Fact>
      <Fact name={t("total")}>
        <Money fen={order.totalFen} className="font-semibold" />
      </Fact>
      <Fact name={t("received")}>
        <Money fen={order.paidFen} className={order.paidFen > 0 ? "font-semibold text-money" : undefined} />
      </Fact>
      {order.owedFen > 0 && (
        <Fact
          name={
            <Mark shape="wedge" tone="warn">
              {t("owed")}
            </Mark>
          }
        >
          <Money fen={order.owedFen} className="text-warn" />
        </Fact>
      )}
      {disputed.map((receipt) => (
        <Fact
          key={receipt.id}
          name={
            <Mark shape="wedge" tone="danger">
              {t("disputed")}
            </Mark>
          }
        >
          <Money fen={receipt.totalFen} className="text-danger" />
        </Fact>
      ))}
    </Facts>
  );
}
