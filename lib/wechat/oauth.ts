/** 网页授权: who is looking at a page inside WeChat. Source: WeChat 公众平台 "网页授权". */
import { z } from "zod";
import { callPlatform, type Platform } from "@/lib/wechat/platform";

/**
 * Where to send the browser. WeChat wants exactly this order of parameters and the fragment;
 * `connect_redirect=1` prevents the double redirect that burns codes. `state` is letters and digits, at
 * most 128: throws `RangeError` otherwise. It comes back unchanged: bind it to the session, use it once.
 */
export function authorizeUrl(input: {
  openUrl: string;
  appId: string;
  redirectUri: string;
  state: string;
  scope?: "snsapi_base" | "snsapi_userinfo";
}): string {
  if (!/^[a-zA-Z0-9]{1,128}$/.test(input.state)) throw new RangeError("state is 1 to 128 letters and digits");
  const query = [
    `appid=${encodeURIComponent(input.appId)}`,
    `redirect_uri=${encodeURIComponent(input.redirectUri)}`,
    "response_type=code",
    `scope=${input.scope ?? "snsapi_base"}`,
    `state=${input.state}`,
    "connect_redirect=1",
  ].join("&");
  return `${input.openUrl.replace(/\/+$/, "")}/connect/oauth2/authorize?${query}#wechat_redirect`;
}

const answerShape = z.object({
  openid: z.string().min(1).max(128),
  unionid: z.string().max(128).optional(),
  is_snapshotuser: z.union([z.number(), z.string()]).optional(),
});

export type OAuthIdentity = {
  openid: string;
  unionid: string | null;
  /** A virtual visitor of WeChat's snapshot page: this openid cannot pay, ask for the full page. */
  isSnapshotUser: boolean;
};

/**
 * Exchanges the code of a redirect for the visitor's openid. A code lives five minutes and works once:
 * on 40029 and 40163 start again from `authorizeUrl`. Throws `WechatError`.
 */
export async function exchangeCode(
  platform: Platform,
  input: { appId: string; appSecret: string; code: string },
): Promise<OAuthIdentity> {
  const answer = await callPlatform(platform, {
    path: "/sns/oauth2/access_token",
    query: {
      appid: input.appId,
      secret: input.appSecret,
      code: input.code,
      grant_type: "authorization_code",
    },
    shape: answerShape,
  });
  return {
    openid: answer.openid,
    unionid: answer.unionid || null,
    isSnapshotUser: String(answer.is_snapshotuser ?? "0") === "1",
  };
}
