import { json, jsonRoute } from "@/lib/http/json-route";
import { requireBuyer } from "@/lib/members/buyer-of-request";
import { cancelOrder } from "@/lib/orders/cancel-order";
import { shop } from "@/lib/shop";

export const POST = jsonRoute<{ params: Promise<{ orderNo: string }> }>(async (request, { params }) => {
  const { memberId } = await requireBuyer(shop(), request);
  const { orderNo } = await params;
  const { status } = await cancelOrder(shop(), { orderNo, memberId });
  return json({ orderNo, status, closedReason: "cancelled" });
});
