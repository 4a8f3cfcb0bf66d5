import { randomBytes } from "node:crypto";
import type { Identity } from "@/lib/sandbox/identity/create-identity";
import { signAlarm } from "@/lib/wechat/legacy-signature";
import { writeXml } from "@/lib/wechat/xml";

/** What may be wrong with an alarm: signed with another key, or not at all. */
export const alarmClaims = ["forged", "unsigned"] as const;
type AlarmClaim = (typeof alarmClaims)[number];

/** The body of an alarm (告警通知) of the 2014 protocol: five fields, and the SHA-1 signature over them and the appkey. */
export function alarmMessage(input: {
  identity: Identity;
  appId: string;
  errorType: string;
  description: string;
  content: string;
  /** Seconds. */
  timeStamp: string;
  claim?: AlarmClaim;
}): string {
  const fields = {
    AppId: input.appId,
    ErrorType: input.errorType,
    Description: input.description,
    AlarmContent: input.content,
    TimeStamp: input.timeStamp,
  };
  if (input.claim === "unsigned") return writeXml(fields);
  const appKey = input.claim === "forged" ? randomBytes(64).toString("hex") : input.identity.appKey;
  return writeXml({ ...fields, AppSignature: signAlarm(fields, { appKey }), SignMethod: "sha1" });
}
