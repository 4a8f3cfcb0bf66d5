import { type MoneyQuery, writeMoneyQuery } from "@/lib/receipts/money-query";
import { hrefOf } from "../parts/query";

export const moneyPath = "/dashboard/money";

export const allMoney: MoneyQuery = { state: "waiting", verdict: null, from: null, to: null, q: null };

export function moneyHref(query: MoneyQuery, before?: number): string {
  return hrefOf(moneyPath, { ...writeMoneyQuery(query), before });
}
