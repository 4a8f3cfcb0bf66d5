import { json, jsonRoute } from "@/lib/http/json-route";
import { requireBuyer } from "@/lib/members/buyer-of-request";
import { withdrawRefund } from "@/lib/refunds/withdraw-refund";
import { shop } from "@/lib/shop";

export const POST = jsonRoute<{ params: Promise<{ refundNo: string }> }>(async (request, { params }) => {
  const { memberId } = await requireBuyer(shop(), request);
  const { refundNo } = await params;
  return json(await withdrawRefund(shop(), { refundNo, memberId }));
});
