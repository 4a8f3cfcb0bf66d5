import { readIdempotencyKey } from "@/lib/http/idempotency-key";
import { json, jsonRoute } from "@/lib/http/json-route";
import { readJson } from "@/lib/http/read-body";
import { requireBuyer } from "@/lib/members/buyer-of-request";
import { limitRefundRequests } from "@/lib/refunds/limit-refunds";
import { parseRefundRequest } from "@/lib/refunds/refund-request";
import { requestRefund } from "@/lib/refunds/request-refund";
import { shop } from "@/lib/shop";

export const POST = jsonRoute(async (request) => {
  const { memberId } = await requireBuyer(shop(), request);
  await limitRefundRequests(shop(), memberId);
  const refund = await requestRefund(shop(), {
    by: { memberId },
    request: parseRefundRequest(await readJson(request)),
    idempotencyKey: readIdempotencyKey(request),
  });
  return json(refund, { status: 201 });
});
