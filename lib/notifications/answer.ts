import { failReply, successReply } from "@/lib/wechat/reply";

/** WeChat waits five seconds; what takes us longer is our fault, and it comes again. */
export const answerWithinMs = 4000;

/** What WeChat reads of our answer to a payment or refund notification: the HTTP status and these two fields. */
export type NotificationAnswer = { status: 200 | 400 | 413; code: "SUCCESS" | "FAIL"; reason: string };

export const accepted: NotificationAnswer = { status: 200, code: "SUCCESS", reason: "OK" };

export function refused(reason: string): NotificationAnswer {
  return { status: 200, code: "FAIL", reason };
}

export function xmlResponse({ status, code, reason }: NotificationAnswer): Response {
  const body = code === "SUCCESS" ? successReply : failReply(reason);
  return new Response(body, { status, headers: { "content-type": "text/xml; charset=utf-8" } });
}

/** Any other method on a callback's address, OPTIONS too. */
export function methodNotAllowed(): Response {
  return new Response(null, { status: 405, headers: { allow: "POST" } });
}
