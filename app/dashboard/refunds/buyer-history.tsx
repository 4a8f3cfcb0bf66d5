import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { BuyerHistory as History } from "@/lib/refunds/read-history";

export function BuyerHistory({ history }: { history: History }) {
  const t = useTranslations("desk.refunds.history");
  return (
    <>
      <div>{t("paid", { count: history.ordersPaid })}</div>
      {history.refunds === 0 ? (
        <div className="text-s text-soft">{t("noRefunds")}</div>
      ) : (
        <div className="text-s text-soft">
          {t("refunds", { count: history.refunds })} <Money fen={history.refundedFen} />
        </div>
      )}
    </>
  );
}
