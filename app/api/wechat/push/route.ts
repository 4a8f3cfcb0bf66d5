/**
 * WeChat's platform pushes events here (message push), and checks the address with GET when it is configured. It reads
 * `echostr` back for the check and the plain text `success` for an event; anything else is sent again, three times.
 */
import { readMessage } from "@/lib/notifications/message";
import { receivePush } from "@/lib/notifications/receive-push";
import { shop } from "@/lib/shop";
import { readPush, verifyPushUrl } from "@/lib/wechat/push";

export async function GET(request: Request): Promise<Response> {
  const { push } = shop().environment.wechat;
  const query = new URL(request.url).searchParams;
  if (!push) return text("not found", 404);
  return verifyPushUrl(query, push) ? text(query.get("echostr") ?? "", 200) : text("fail", 403);
}

export async function POST(request: Request): Promise<Response> {
  const { wechat, trustedProxies } = shop().environment;
  if (!wechat.push) return text("not found", 404);
  const message = await readMessage(request, trustedProxies);
  const appIds = [wechat.appId, ...(wechat.mini ? [wechat.mini.appId] : [])];
  const reading = readPush(new URL(request.url).searchParams, message.body, { ...wechat.push, appIds });
  const answer = await receivePush(shop(), reading, message);
  return text(answer.text, answer.status);
}

function text(body: string, status: number): Response {
  return new Response(body, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}
