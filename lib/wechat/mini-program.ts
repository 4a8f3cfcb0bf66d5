/** 小程序登录. Source: WeChat 小程序 "code2Session". */
import { z } from "zod";
import { callPlatform, type Platform } from "@/lib/wechat/platform";

const answerShape = z.object({
  openid: z.string().min(1).max(128),
  session_key: z.string(),
  unionid: z.string().max(128).optional(),
});

/**
 * Exchanges the code of `wx.login` (five minutes, once) for who the user is. `sessionKey` never leaves the
 * server. Throws `WechatError`: 40029 a bad or old code, 45011 too many, 40226 a user WeChat distrusts.
 */
export async function codeToSession(
  platform: Platform,
  input: { appId: string; appSecret: string; code: string },
): Promise<{ openid: string; unionid: string | null; sessionKey: string }> {
  const answer = await callPlatform(platform, {
    path: "/sns/jscode2session",
    query: {
      appid: input.appId,
      secret: input.appSecret,
      js_code: input.code,
      grant_type: "authorization_code",
    },
    shape: answerShape,
  });
  return { openid: answer.openid, unionid: answer.unionid || null, sessionKey: answer.session_key };
}
