import { json, jsonRoute } from "@/lib/http/json-route";
import { requireBuyer } from "@/lib/members/buyer-of-request";
import { receiveOrder } from "@/lib/orders/receive-order";
import { shop } from "@/lib/shop";

export const POST = jsonRoute<{ params: Promise<{ orderNo: string }> }>(async (request, { params }) => {
  const { memberId } = await requireBuyer(shop(), request);
  const { orderNo } = await params;
  return json({ orderNo, ...(await receiveOrder(shop(), { orderNo, memberId })) });
});
