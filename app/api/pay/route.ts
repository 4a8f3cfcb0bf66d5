import { clientAddress } from "@/lib/http/client-address";
import { json, jsonRoute } from "@/lib/http/json-route";
import { readJson } from "@/lib/http/read-body";
import { requireBuyer } from "@/lib/members/buyer-of-request";
import { limitPayments } from "@/lib/payments/limit-payments";
import { parsePayRequest } from "@/lib/payments/pay-request";
import { startPayment } from "@/lib/payments/start-payment";
import { shop } from "@/lib/shop";

export const POST = jsonRoute(async (request) => {
  const buyer = await requireBuyer(shop(), request);
  await limitPayments(shop(), buyer.memberId);
  const { orderNo, tradeType } = parsePayRequest(await readJson(request));
  const payerAddress = clientAddress(request.headers, shop().environment.trustedProxies);
  return json(await startPayment(shop(), { orderNo, tradeType, buyer, payerAddress }));
});
