import type { Environment } from "@/lib/environment/environment";
import { readCaFile, readCertificate } from "@/lib/environment/pem-files";
import type { SandboxMerchant } from "@/lib/environment/prepared";
import { isLoopback, readHostUrl } from "@/lib/environment/urls";
import type { Variables } from "@/lib/environment/variables";
import { whyUnfit, whyWeak } from "@/lib/environment/weak-secret";

type Wechat = Environment["wechat"];

/** The real merchant, from the settings alone. */
export function readMerchant(from: Variables): Wechat {
  const mchId = from.find("WECHAT_MCH_ID") ?? "";
  if (!/^\d{1,32}$/.test(mchId)) from.refuse("WECHAT_MCH_ID", "must be the merchant number, digits only");
  const appId = from.require("WECHAT_APP_ID", "the official account's appid");
  const appSecret = from.require("WECHAT_APP_SECRET", "the official account's AppSecret");
  const payUrl = readHostUrl(from, "WECHAT_PAY_URL", "https://api.mch.weixin.qq.com");
  const judge = isLoopback(new URL(payUrl)) ? whyUnfit : whyWeak;
  refuseWeak(from, "WECHAT_APP_SECRET", 16, judge);
  refuseWeak(from, "WECHAT_MINI_APP_SECRET", 16, judge);
  const mini = readMini(from);
  const appKey = from.find("WECHAT_APP_KEY");
  return {
    mchId,
    appId,
    appSecret,
    mini,
    apiKey: readApiKey(from, judge),
    signType: readSignType(from) ?? "HMAC-SHA256",
    ...readCertificate(from),
    appKey,
    deliveryReport: readDeliveryReport(from, { appKey, mini }),
    payUrl,
    apiUrl: readHostUrl(from, "WECHAT_API_URL", "https://api.weixin.qq.com"),
    openUrl: readHostUrl(from, "WECHAT_OPEN_URL", "https://open.weixin.qq.com"),
    caFile: readCaFile(from),
    push: readPush(from),
  };
}

/** The sandbox's merchant; only how to sign and what to report may be chosen beside it. */
export function readSandboxMerchant(from: Variables, given: SandboxMerchant): Wechat {
  const { miniAppId, miniAppSecret, pushToken, encodingAesKey, webUrl: _, ...merchant } = given;
  const mini = { appId: miniAppId, appSecret: miniAppSecret };
  return {
    ...merchant,
    mini,
    signType: readSignType(from) ?? given.signType,
    deliveryReport: readDeliveryReport(from, { appKey: given.appKey, mini }),
    push: { token: pushToken, encodingAesKey },
  };
}

/** Refuses a secret that is set but that nobody should trust. `by` is the judge: a stand-in's secrets guard no money. */
export function refuseWeak(from: Variables, name: string, minimumLength: number, by = whyWeak): void {
  const value = from.find(name);
  const reason = value === null ? null : by(value, minimumLength);
  if (reason) from.refuse(name, reason);
}

function readApiKey(from: Variables, judge: typeof whyWeak): string {
  const key = from.require("WECHAT_API_KEY", "the APIv2 key, 32 characters, from the merchant platform");
  const reason = key === "" ? null : judge(key, 32);
  if (reason) from.refuse("WECHAT_API_KEY", reason);
  else if (key !== "" && key.length !== 32) from.refuse("WECHAT_API_KEY", "must have exactly 32 characters");
  return key;
}

function readSignType(from: Variables): Wechat["signType"] | null {
  return from.oneOf("WECHAT_SIGN_TYPE", ["MD5", "HMAC-SHA256"]);
}

function readMini(from: Variables): Wechat["mini"] {
  const appId = from.find("WECHAT_MINI_APP_ID");
  const appSecret = from.find("WECHAT_MINI_APP_SECRET");
  if (appId && !appSecret)
    from.refuse("WECHAT_MINI_APP_SECRET", "is missing: it goes with WECHAT_MINI_APP_ID");
  if (appSecret && !appId)
    from.refuse("WECHAT_MINI_APP_ID", "is missing: it goes with WECHAT_MINI_APP_SECRET");
  return appId && appSecret ? { appId, appSecret } : null;
}

function readDeliveryReport(
  from: Variables,
  has: { appKey: string | null; mini: Wechat["mini"] },
): Wechat["deliveryReport"] {
  const chosen = from.oneOf("WECHAT_DELIVERY_REPORT", ["delivernotify", "shipping-info", "off"]);
  if (chosen === "delivernotify" && !has.appKey) {
    from.refuse("WECHAT_DELIVERY_REPORT", "is delivernotify, which cannot be signed without WECHAT_APP_KEY");
  }
  if (chosen === "shipping-info" && !has.mini) {
    from.refuse(
      "WECHAT_DELIVERY_REPORT",
      "is shipping-info, which covers mini-program payments: set WECHAT_MINI_APP_ID",
    );
  }
  if (chosen) return chosen;
  if (has.appKey) return "delivernotify";
  return has.mini ? "shipping-info" : "off";
}

function readPush(from: Variables): Wechat["push"] {
  const token = from.find("WECHAT_PUSH_TOKEN");
  const encodingAesKey = from.find("WECHAT_ENCODING_AES_KEY");
  if (token && !/^[\x21-\x7e]{3,32}$/.test(token))
    from.refuse("WECHAT_PUSH_TOKEN", "must have 3 to 32 characters");
  if (encodingAesKey && !token)
    from.refuse("WECHAT_PUSH_TOKEN", "is missing: it goes with WECHAT_ENCODING_AES_KEY");
  if (encodingAesKey && !/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey)) {
    from.refuse("WECHAT_ENCODING_AES_KEY", "must have exactly 43 letters and digits");
  }
  return token ? { token, encodingAesKey } : null;
}
