import { AppError } from "@/lib/http/app-error";
import { json, jsonRoute } from "@/lib/http/json-route";
import { readJson } from "@/lib/http/read-body";
import { requireBuyer } from "@/lib/members/buyer-of-request";
import { ReturnBody } from "@/lib/refunds/refund-request";
import { sendReturn } from "@/lib/refunds/return-goods";
import { shop } from "@/lib/shop";

export const POST = jsonRoute<{ params: Promise<{ refundNo: string }> }>(async (request, { params }) => {
  const { memberId } = await requireBuyer(shop(), request);
  const { refundNo } = await params;
  const body = ReturnBody.safeParse(await readJson(request));
  if (!body.success) throw new AppError("malformed");
  await sendReturn(shop(), { refundNo, memberId, ...body.data });
  return json({ refundNo, status: "awaiting_return" });
});
