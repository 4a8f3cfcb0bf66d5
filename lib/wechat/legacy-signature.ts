/**
 * The signatures of the 2014 protocol (微信公众号支付接口文档 V2.x), still used by alarms and by
 * delivernotify. They have their own keys: never sign one generation's message with the other's rule.
 */
import { hash, timingSafeEqual } from "node:crypto";
import { signFields } from "@/lib/wechat/signature";
import type { Fields } from "@/lib/wechat/xml";

/**
 * The general rule: names in lower case, the appkey (paySignKey) as one more field, sorted, raw values
 * joined by `&`, SHA-1 as lower-case hex. The caller picks the fields that the call lists; the signature
 * and its method are left out in either spelling. Without `appKey` it is the rule of editAddress.
 */
export function signLegacy(fields: Record<string, string>, by: { appKey?: string }): string {
  const signed = new Map<string, string>();
  for (const [name, value] of Object.entries(fields)) signed.set(name.toLowerCase(), value);
  for (const name of unsignedNames) signed.delete(name);
  if (by.appKey !== undefined) signed.set("appkey", by.appKey);
  const text = [...signed.keys()]
    .sort()
    .map((name) => `${name}=${signed.get(name)}`)
    .join("&");
  return hash("sha1", text, "hex");
}

/** The `sign` inside a package text: the MD5 rule of APIv2, with the partnerKey. */
export function signPackage(fields: Record<string, string>, by: { partnerKey: string }): string {
  return signFields(fields, { apiKey: by.partnerKey, signType: "MD5" });
}

/**
 * Verifies an alarm over exactly its five documented fields and the appkey, in constant time.
 * No source proves whether an empty Description is signed, so both readings are accepted.
 */
export function verifyAlarm(fields: Fields, by: { appKey: string }): boolean {
  const signature = fields.AppSignature ?? "";
  if (!/^[0-9a-f]{40}$/.test(signature)) return false;
  const signed = alarmFields.map((name): [string, string] => [name, fields[name] ?? ""]);
  const readings = [signed, signed.filter(([, value]) => value !== "")];
  return readings.some((reading) => {
    const expected = signLegacy(Object.fromEntries(reading), by);
    return timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
  });
}

/** Signs an alarm as WeChat does: the counterpart of `verifyAlarm`, for stand-ins. */
export function signAlarm(fields: Fields, by: { appKey: string }): string {
  return signLegacy(Object.fromEntries(alarmFields.map((name) => [name, fields[name] ?? ""])), by);
}

const unsignedNames = ["appsignature", "app_signature", "signmethod", "sign_method"];
const alarmFields = ["AppId", "ErrorType", "Description", "AlarmContent", "TimeStamp"] as const;
