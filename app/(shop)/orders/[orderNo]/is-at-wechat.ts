import type { OrderView } from "@/lib/orders/find-order";

/** WeChat was asked for the money, and has not said that it will not come. */
export function isAtWechat({ payments }: Pick<OrderView, "payments">): boolean {
  return payments.some(({ status }) => status === "created" || status === "open");
}
