import { json, jsonRoute } from "@/lib/http/json-route";
import { requireBuyer } from "@/lib/members/buyer-of-request";
import { limitReminders } from "@/lib/orders/limit-reminders";
import { remindOrder } from "@/lib/orders/remind-order";
import { shop } from "@/lib/shop";

export const POST = jsonRoute<{ params: Promise<{ orderNo: string }> }>(async (request, { params }) => {
  const { memberId } = await requireBuyer(shop(), request);
  const { orderNo } = await params;
  await limitReminders(shop(), memberId);
  return json({ orderNo, ...(await remindOrder(shop(), { orderNo, memberId })) });
});
