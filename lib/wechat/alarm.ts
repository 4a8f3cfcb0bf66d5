/** 告警通知: WeChat warns that something goes wrong, 1001 being a late delivery. Source: 微信公众号支付接口文档 V2.x "告警通知". */
import { verifyAlarm } from "@/lib/wechat/legacy-signature";
import { type Fields, readXml } from "@/lib/wechat/xml";

export type Alarm = {
  appId: string;
  errorType: string; // Only 1001 (发货超时) is documented; others have been seen. Kept as sent.
  description: string; // Free text.
  alarmContent: string; // Free text, usually transaction_id=… or out_trade_no=….
  timeStamp: string; // Seconds, as sent: part of what tells copies apart.
  fields: Fields;
};

export type AlarmReading =
  | { kind: "unreadable"; tooLarge: boolean; reason: string }
  | { kind: "forged"; reason: string; fields: Fields }
  | { kind: "incomplete"; reason: string; fields: Fields }
  | { kind: "unverified"; alarm: Alarm } // Without the appkey nobody can tell.
  | { kind: "verified"; alarm: Alarm };

/** Reads an alarm from its raw bytes and verifies it over exactly its five fields and the appkey. Never throws. */
export function readAlarm(body: Uint8Array, by: { appKey: string | null }): AlarmReading {
  const reading = readXml(body);
  if (!reading.ok) return { kind: "unreadable", tooLarge: reading.tooLarge, reason: reading.reason };
  const { fields } = reading;
  if (by.appKey !== null && !verifyAlarm(fields, { appKey: by.appKey })) {
    const reason = fields.AppSignature ? "the signature does not verify" : "the signature is missing";
    return { kind: "forged", reason, fields };
  }
  const alarm = readFields(fields);
  if (typeof alarm === "string") return { kind: "incomplete", reason: alarm, fields };
  return { kind: by.appKey === null ? "unverified" : "verified", alarm };
}

function readFields(fields: Fields): Alarm | string {
  const { AppId, ErrorType, TimeStamp } = fields;
  if (!AppId) return "AppId is missing";
  if (!ErrorType || !/^[0-9]{1,10}$/.test(ErrorType)) return "ErrorType is missing or not digits";
  if (!TimeStamp || !/^[0-9]{1,12}$/.test(TimeStamp)) return "TimeStamp is missing or not seconds";
  return {
    appId: AppId,
    errorType: ErrorType,
    description: fields.Description ?? "",
    alarmContent: fields.AlarmContent ?? "",
    timeStamp: TimeStamp,
    fields,
  };
}
