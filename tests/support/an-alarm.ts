import { POST } from "@/app/api/alarm/route";
import { signAlarm } from "@/lib/wechat/legacy-signature";
import { writeXml } from "@/lib/wechat/xml";
import { post, testWechat } from "./a-shop";

/** An alarm of the 2014 protocol, signed over its five fields and the appkey. */
export function anAlarm(fields: Record<string, string> = {}, appKey = testWechat.appKey ?? "") {
  const own = {
    AppId: testWechat.appId,
    ErrorType: "1001",
    Description: "发货超时",
    AlarmContent: "transaction_id=4200000000202604010000000001",
    TimeStamp: "1393860740",
    ...fields,
  };
  return writeXml({ ...own, AppSignature: signAlarm(own, { appKey }), SignMethod: "sha1" });
}

/** Sends it as WeChat does, to the route's own function. */
export async function sayAlarm(body: string) {
  const response = await POST(post(body, "http://shop.test/api/alarm"));
  return { status: response.status, text: await response.text() };
}
