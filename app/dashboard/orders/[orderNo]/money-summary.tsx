import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { DeskOrder } from "@/lib/orders/find-order-for-desk";
import { Fact, Facts } from "../../parts/facts";
import { Mark } from "../../parts/mark";
import type { RefundTotals } from "./refund-totals";

export function MoneySummary({ order, totals }: { order: DeskOrder; totals: RefundTotals }) {
  const t = useTranslations("desk.order.money");
  const disputed = order.receipts.filter((receipt) => receipt.verdict === "mismatch");
  return (
    <section aria-labelledby="money" className="flex justify-end border-line-strong border-t">
      <h3 id="money" className="zg-visually-hidden">
        {t("title")}
      </h3>
      <div className="w-full sm:w-80">
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
            <Money
              fen={order.paidFen}
              className={order.paidFen > 0 ? "font-semibold text-money" : undefined}
            />
          </Fact>
          {totals.promisedFen > 0 && (
            <Fact name={t("goingBack")}>
              <Money fen={totals.promisedFen} />
            </Fact>
          )}
          {totals.refundedFen > 0 && (
            <Fact name={t("refunded")}>
              <Money fen={totals.refundedFen} className="font-semibold" />
            </Fact>
          )}
          {order.paidFen > 0 && (
            <Fact name={t("refundable")}>
              <Money fen={totals.refundableFen} />
            </Fact>
          )}
          {totals.owedFen > 0 && (
            <Fact
              name={
                <Mark shape="wedge" tone="warn">
                  {t("owed")}
                </Mark>
              }
            >
              <Money fen={totals.owedFen} className="text-warn" />
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
      </div>
    </section>
  );
}
