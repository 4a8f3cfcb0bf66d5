/**
 * WeChat's servers call this with the result of a payment, and again on their schedule (15 s … 6 h) until they read
 * HTTP 200 with return_code SUCCESS. The address is no secret: the signature guards it.
 * Read on in `lib/wechat/payment-result.ts` (verified how?) and `lib/notifications/receive-payment-result.ts` (stored and
 * answered how?).
 */
import { methodNotAllowed, xmlResponse } from "@/lib/notifications/answer";
import { readMessage } from "@/lib/notifications/message";
import { receivePaymentResult } from "@/lib/notifications/receive-payment-result";
import { shop } from "@/lib/shop";
import { readPaymentResult } from "@/lib/wechat/payment-result";

export async function POST(request: Request): Promise<Response> {
  const { wechat, trustedProxies } = shop().environment;
  const message = await readMessage(request, trustedProxies);
  const reading = readPaymentResult(message.body, { apiKey: wechat.apiKey });
  const answer = await receivePaymentResult(shop(), reading, message);
  return xmlResponse(answer);
}

export {
  methodNotAllowed as DELETE,
  methodNotAllowed as GET,
  methodNotAllowed as HEAD,
  methodNotAllowed as OPTIONS,
  methodNotAllowed as PATCH,
  methodNotAllowed as PUT,
};
