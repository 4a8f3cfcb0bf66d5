import { refuse } from "@/lib/sandbox/pay-api/refusals";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { type SignType, verifyFields } from "@/lib/wechat/signature";
import type { Fields } from "@/lib/wechat/xml";

/**
 * Who is calling, and did they sign all of it? Answers the algorithm. WeChat takes a message without
 * sign_type for an MD5 one, so an HMAC signature that does not name itself is a wrong signature.
 */
export function checkCaller(sandbox: Sandbox, fields: Fields): SignType {
  for (const name of ["appid", "mch_id", "nonce_str", "sign"]) {
    if (!fields[name]) throw refuse("LACK_PARAMS", name);
  }
  const { identity } = sandbox;
  if (fields.mch_id !== identity.mchId && fields.mch_id !== identity.foreignMchId)
    throw refuse("MCHID_NOT_EXIST");
  const ours = fields.appid === identity.appId || fields.appid === identity.miniAppId;
  if (!ours && fields.appid !== identity.foreignAppId) throw refuse("APPID_NOT_EXIST");
  if (!ours || fields.mch_id !== identity.mchId) throw refuse("APPID_MCHID_NOT_MATCH");
  if ((fields.nonce_str ?? "").length > 32) throw refuse("PARAM_ERROR", "nonce_str");
  const named = fields.sign_type || "MD5";
  if (named !== "MD5" && named !== "HMAC-SHA256") throw refuse("PARAM_ERROR", "sign_type");
  if (verifyFields(fields, { apiKey: identity.apiKey }) !== named) throw refuse("SIGNERROR");
  return named;
}
