/** 网页 JS-SDK: what a page inside WeChat may ask of WeChat's app. Source: WeChat 公众平台 "JS-SDK 说明文档", "获取sdk临时票据". */
import { hash } from "node:crypto";
import { z } from "zod";
import { callPlatform, type Platform } from "@/lib/wechat/platform";

const ticketShape = z.object({
  ticket: z.string().min(1).max(512),
  expires_in: z.number().int().positive(),
});

export type JsSdkTicket = { ticket: string; expiresInSeconds: number };

/**
 * jsapi_ticket of the account whose token this is. WeChat allows few such calls: keep it for all pages and processes.
 * While a ticket lives the same one comes again. Throws `WechatError`; never log the ticket.
 */
export async function requestJsSdkTicket(
  platform: Platform,
  input: { accessToken: string },
): Promise<JsSdkTicket> {
  const answer = await callPlatform(platform, {
    path: "/cgi-bin/ticket/getticket",
    query: { access_token: input.accessToken, type: "jsapi" },
    shape: ticketShape,
  });
  return { ticket: answer.ticket, expiresInSeconds: answer.expires_in };
}

/** The signature of `wx.config`: SHA-1 over ticket, nonce, time and the page's URL without its fragment. Source: WeChat 公众平台 "JS-SDK 附录1". */
export function signJsSdk(input: {
  ticket: string;
  nonceStr: string;
  timestamp: string;
  url: string;
}): string {
  const url = input.url.split("#", 1)[0];
  const text = `jsapi_ticket=${input.ticket}&noncestr=${input.nonceStr}&timestamp=${input.timestamp}&url=${url}`;
  return hash("sha1", text, "hex");
}
