import { z } from "zod";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { codeToSession } from "@/lib/wechat/mini-program";
import { type Buyer, openSession, sessionLifeMs } from "./session";
import { signInWithOpenid } from "./sign-in-with-openid";

/** The body of `POST /api/auth/mini-program`: what `wx.login` gave. */
export const MiniProgramCode = z.object({ code: z.string().min(1).max(200) });

/**
 * A mini program's code becomes a bearer token for seven days; a caller that was a guest takes the guest's orders along.
 * Without a mini program in the settings there is no such address.
 */
export async function signInMiniProgram(
  shop: Shop,
  body: unknown,
  caller: Buyer | null,
): Promise<{ token: string; expiresAt: string }> {
  const { mini } = shop.environment.wechat;
  if (!mini) throw new AppError("not_found");
  const parsed = MiniProgramCode.safeParse(body);
  if (!parsed.success) throw new AppError("malformed", { errors: [{ path: "code", code: "required" }] });
  const { openid, unionid } = await exchange(shop, mini, parsed.data.code);

  const expiresAt = new Date(shop.now().getTime() + sessionLifeMs.bearer);
  const token = await shop.db.transaction(async (tx) => {
    const guestId = caller?.memberId ?? null;
    const memberId = await signInWithOpenid(tx, { appid: mini.appId, openid, unionid, guestId });
    return openSession(tx, { memberId, appid: mini.appId, openid, expiresAt });
  });
  return { token, expiresAt: expiresAt.toISOString() };
}

async function exchange(shop: Shop, mini: { appId: string; appSecret: string }, code: string) {
  try {
    return await codeToSession(shop.platform, { ...mini, code });
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    throw new AppError(error.kind === "refused" ? "sign_in_refused" : "wechat_unavailable", {
      wechatCode: error.code,
    });
  }
}
