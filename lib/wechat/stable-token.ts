/** 稳定版接口调用凭据. Source: WeChat 公众平台 "getStableAccessToken". */
import { z } from "zod";
import { callPlatform, type Platform } from "@/lib/wechat/platform";

const answerShape = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().int().positive(),
});

/**
 * The access token of an appid. Repeated calls answer the same token until its last five minutes, when old
 * and new are both valid. `forceRefresh` kills the current one at once (20 a day, 30 s apart): only after a
 * leak. One refresher an appid is the caller's to arrange. Throws `WechatError`; never log the token.
 */
export async function requestStableToken(
  platform: Platform,
  input: { appId: string; appSecret: string; forceRefresh?: boolean },
): Promise<{ accessToken: string; expiresInSeconds: number }> {
  const answer = await callPlatform(platform, {
    path: "/cgi-bin/stable_token",
    json: {
      grant_type: "client_credential",
      appid: input.appId,
      secret: input.appSecret,
      force_refresh: input.forceRefresh ?? false,
    },
    shape: answerShape,
  });
  return { accessToken: answer.access_token, expiresInSeconds: answer.expires_in };
}
