/**
 * WeChat's servers call this when something goes wrong with an order (1001: delivered too late). They read the plain
 * text `success` with HTTP 200; `fail` is everything else.
 */
import { receiveAlarm } from "@/lib/alarms/receive-alarm";
import { methodNotAllowed } from "@/lib/notifications/answer";
import { readMessage } from "@/lib/notifications/message";
import { shop } from "@/lib/shop";
import { readAlarm } from "@/lib/wechat/alarm";

export async function POST(request: Request): Promise<Response> {
  const { wechat, trustedProxies } = shop().environment;
  const message = await readMessage(request, trustedProxies);
  const reading = readAlarm(message.body, { appKey: wechat.appKey });
  const { status, text } = await receiveAlarm(shop(), reading, message);
  return new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}

export {
  methodNotAllowed as DELETE,
  methodNotAllowed as GET,
  methodNotAllowed as HEAD,
  methodNotAllowed as OPTIONS,
  methodNotAllowed as PATCH,
  methodNotAllowed as PUT,
};
