import { AppError } from "@/lib/http/app-error";
import { json, jsonRoute } from "@/lib/http/json-route";
import { localeOf } from "@/lib/http/locale";
import { findBuyerOrStranger } from "@/lib/members/buyer-of-request";
import { findOrder } from "@/lib/orders/find-order";
import { queryOrderSoon } from "@/lib/payments/query-soon";
import { shop } from "@/lib/shop";

export const GET = jsonRoute<{ params: Promise<{ orderNo: string }> }>(async (request, { params }) => {
  const buyer = await findBuyerOrStranger(shop(), request);
  const { orderNo } = await params;
  const locale = localeOf(request);
  const order = buyer && (await findOrder(shop(), { orderNo, memberId: buyer.memberId, locale }));
  if (!order) throw new AppError("not_found");
  if (order.status === "pending" || order.status === "closing") await queryOrderSoon(shop(), order.orderNo);
  return json(order);
});
