import { log } from "@/lib/http/log";
import { within } from "@/lib/http/within";
import { answerWithinMs } from "@/lib/notifications/answer";
import { dedupeKey } from "@/lib/notifications/dedupe-key";
import { keepStray } from "@/lib/notifications/keep-stray";
import type { Message } from "@/lib/notifications/message";
import { storeNotification } from "@/lib/notifications/store-notification";
import type { Shop } from "@/lib/shop";
import type { Alarm, AlarmReading } from "@/lib/wechat/alarm";
import { numbersIn } from "./numbers-in";
import { quoted, storeWechatAlarm } from "./store-wechat-alarm";

/** The plain text and the status that WeChat reads. */
export type AlarmAnswer = { status: 200 | 400 | 413 | 503; text: "success" | "fail" };

/**
 * Stores an alarm of WeChat's and raises it on the desk; `success` only once both are committed. Without the appkey
 * nobody can tell who sent it: it is kept as unverified and refused, so that WeChat comes again once the key is set.
 */
export async function receiveAlarm(
  shop: Shop,
  reading: AlarmReading,
  message: Message,
): Promise<AlarmAnswer> {
  switch (reading.kind) {
    case "verified":
      return store(shop, reading.alarm, message);
    case "unverified":
      await keepStray(shop, {
        kind: "alarm",
        verdict: "unverified",
        reason: "WECHAT_APP_KEY is not set",
        answer: "fail",
        message,
      });
      return { status: 503, text: "fail" };
    default: {
      const verdict = reading.kind === "forged" ? "forged" : "malformed";
      await keepStray(shop, { kind: "alarm", verdict, reason: reading.reason, answer: "fail", message });
      return { status: reading.kind === "unreadable" && reading.tooLarge ? 413 : 400, text: "fail" };
    }
  }
}

async function store(shop: Shop, alarm: Alarm, message: Message): Promise<AlarmAnswer> {
  const { wechat } = shop.environment;
  const ours = alarm.appId === wechat.appId || alarm.appId === wechat.mini?.appId;
  const key = dedupeKey("alarm", [alarm.appId, alarm.errorType, alarm.timeStamp, alarm.alarmContent]);
  try {
    await within(answerWithinMs, ours ? raise(shop, { alarm, key, message }) : keep(shop, { key, message }));
    return ours ? { status: 200, text: "success" } : { status: 400, text: "fail" };
  } catch (error) {
    log.error({ err: error }, "an alarm could not be stored");
    return { status: 503, text: "fail" };
  }
}

/** Of the same type and content it is the same trouble, whenever WeChat said so. */
async function raise(shop: Shop, of: { alarm: Alarm; key: string; message: Message }): Promise<void> {
  const { appId, errorType, description, alarmContent, timeStamp } = of.alarm;
  const trouble = {
    kind: errorType,
    dedupeKey: `wechat:${dedupeKey("alarm", [appId, errorType, alarmContent])}`,
    facts: {
      errorType,
      timeStamp,
      description: quoted(description),
      alarmContent: quoted(alarmContent),
    },
    numbers: numbersIn(alarmContent, description),
    saidAt: Number(timeStamp),
  };
  await storeWechatAlarm(shop, trouble, { kind: "alarm", dedupeKey: of.key, message: of.message });
}

async function keep(shop: Shop, of: { key: string; message: Message }): Promise<void> {
  await storeNotification(shop, {
    kind: "alarm",
    verdict: "not_ours",
    reason: "AppId is not ours",
    dedupeKey: of.key,
    answer: "fail",
    message: of.message,
  });
}
