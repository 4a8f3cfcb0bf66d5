import { hash } from "node:crypto";

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
