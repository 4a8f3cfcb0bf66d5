import { randomBytes } from "node:crypto";
import { openidOf, unionidOf } from "@/lib/sandbox/identity/buyers";
import { checkApp } from "@/lib/sandbox/open-api/check-app";
import { redeemCode } from "@/lib/sandbox/open-api/codes";
import type { OpenCall } from "@/lib/sandbox/open-api/open-call";
import { openError } from "@/lib/sandbox/open-api/open-error";

/** GET /sns/oauth2/access_token: the code of a page becomes the buyer's openid. */
export const exchangeCode: OpenCall = (sandbox, { query }) => {
  const { appId } = checkApp(sandbox, { appid: query.appid, secret: query.secret });
  if (query.grant_type !== "authorization_code") throw openError(40002);
  const { buyer, scope } = redeemCode(sandbox, { code: query.code, purpose: "oauth", appId });
  return {
    access_token: randomBytes(48).toString("base64url"),
    expires_in: 7200,
    refresh_token: randomBytes(48).toString("base64url"),
    openid: openidOf(sandbox, { buyer, appId }),
    scope,
    unionid: unionidOf(sandbox.identity, buyer),
  };
};

/** GET /sns/jscode2session: the code of a mini program becomes the buyer's openid there. */
export const codeToSession: OpenCall = (sandbox, { query }) => {
  const { appId, kind } = checkApp(sandbox, { appid: query.appid, secret: query.secret });
  if (kind !== "mini") throw openError(40013);
  if (query.grant_type !== "authorization_code") throw openError(40002);
  const { buyer } = redeemCode(sandbox, { code: query.js_code, purpose: "login", appId });
  return {
    openid: openidOf(sandbox, { buyer, appId }),
    session_key: randomBytes(16).toString("base64"),
    unionid: unionidOf(sandbox.identity, buyer),
  };
};
