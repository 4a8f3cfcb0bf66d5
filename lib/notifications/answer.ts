import { writeXml } from "@/lib/wechat/xml";

/** What WeChat reads of our answer to a payment or refund notification: the HTTP status and these two fields. */
export type NotificationAnswer = { status: 200 | 400 | 413; code: "SUCCESS" | "FAIL"; reason: string };

export const accepted: NotificationAnswer = { status: 200, code: "SUCCESS", reason: "OK" };

export function refused(reason: string): NotificationAnswer {
  return { status: 200, code: "FAIL", reason };
}

export function xmlResponse({ status, code, reason }: NotificationAnswer): Response {
  const body = code === "SUCCESS" ? success : failure(reason);
  return new Response(body, { status, headers: { "content-type": "text/xml; charset=utf-8" } });
}

/** To the byte as WeChat documents it: anything else is answered with retries. */
const success =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";

function failure(reason: string): string {
  return writeXml({ return_code: "FAIL", return_msg: reason.slice(0, 120).toWellFormed() });
}

/** Any other method on a callback's address, OPTIONS too. */
export function methodNotAllowed(): Response {
  return new Response(null, { status: 405, headers: { allow: "POST" } });
}
