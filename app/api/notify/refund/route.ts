/**
 * WeChat's servers call this with the result of a refund, and again until they read HTTP 200 with return_code SUCCESS.
 * There is no signature: what proves the sender is that `req_info` decrypts with our key.
 */
import { methodNotAllowed, xmlResponse } from "@/lib/notifications/answer";
import { readMessage } from "@/lib/notifications/message";
import { receiveRefundResult } from "@/lib/notifications/receive-refund-result";
import { shop } from "@/lib/shop";
import { readRefundResult } from "@/lib/wechat/refund-result";

export async function POST(request: Request): Promise<Response> {
  const { wechat, trustedProxies } = shop().environment;
  const message = await readMessage(request, trustedProxies);
  const reading = readRefundResult(message.body, { apiKey: wechat.apiKey });
  const answer = await receiveRefundResult(shop(), reading, message);
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
