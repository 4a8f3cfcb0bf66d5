import Link from "next/link";
import { useTranslations } from "next-intl";

const shownAtOnce = 3;

/** The orders that an alarm touches; of many more unfold, and of very many their number tells. */
export function AlarmOrders({ orderNos, count }: { orderNos: string[]; count: number }) {
  const t = useTranslations("alarms");
  if (orderNos.length === 0) return null;
  const [first, rest] = [orderNos.slice(0, shownAtOnce), orderNos.slice(shownAtOnce)];
  return (
    <div className="mt-2 flex flex-wrap items-baseline gap-x-4">
      <span className="text-s text-soft">{t("orders")}</span>
      <OrderLinks orderNos={first} />
      {rest.length > 0 && (
        <details>
          <summary className="cursor-pointer">{t("more", { count: count - first.length })}</summary>
          <div className="flex flex-wrap gap-x-4">
            <OrderLinks orderNos={rest} />
          </div>
        </details>
      )}
    </div>
  );
}

function OrderLinks({ orderNos }: { orderNos: string[] }) {
  return orderNos.map((orderNo) => (
    <Link key={orderNo} href={`/dashboard/orders/${orderNo}`} prefetch={false} className="zg-code">
      {orderNo}
    </Link>
  ));
}
