import type { Locale } from "@/lib/http/locale";

const mostNamed = 10;

type Escalation = {
  shopName: string;
  level: number;
  orderNos: string[];
  /** There are more than these. */
  isMore: boolean;
};

/** What the staff's group reads when orders have passed a level: order numbers and no personal data. */
export function writeEscalation(of: Escalation, language: Locale): string {
  const { shopName, level, orderNos, isMore } = of;
  const named = orderNos.slice(0, mostNamed);
  const isCut = isMore || orderNos.length > mostNamed;
  const count = orderNos.length;
  if (language === "en") {
    const orders = isMore ? `More than ${count} orders` : `${count} order${count === 1 ? "" : "s"}`;
    const what =
      level === 100
        ? "past the delivery deadline, ship and report now"
        : `${level}% of the delivery time is over`;
    return `[${shopName}] ${orders}: ${what}. ${named.join(", ")}${isCut ? ", …" : ""}`;
  }
  const orders = isMore ? `${count} 多笔订单` : `${count} 笔订单`;
  const what = level === 100 ? "已超过发货时限，请立即发货并上报" : `发货时限已过 ${level}%，请尽快发货`;
  return `【${shopName}】${orders}${what}：${named.join("、")}${isCut ? " 等" : ""}`;
}
