import { sql } from "drizzle-orm";
import { log } from "@/lib/http/log";
import { within } from "@/lib/http/within";
import { answerWithinMs } from "@/lib/notifications/answer";
import { dedupeKey } from "@/lib/notifications/dedupe-key";
import { keepStray } from "@/lib/notifications/keep-stray";
import type { Message } from "@/lib/notifications/message";
import { storeNotification } from "@/lib/notifications/store-notification";
import type { Shop } from "@/lib/shop";
import type { Alarm, AlarmReading } from "@/lib/wechat/alarm";

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
  const text = ours ? "success" : "fail";
  const keep = async () => {
    const stored = await storeNotification(shop, {
      kind: "alarm",
      verdict: ours ? "stored" : "not_ours",
      reason: ours ? undefined : "AppId is not ours",
      dedupeKey: key,
      answer: text,
      message,
    });
    // The two commit one after the other; a crash between them leaves a copy that raises the alarm when WeChat retries.
    if (ours) await raise(shop, alarm, { notificationId: stored.id, key });
  };
  try {
    await within(answerWithinMs, keep());
    return ours ? { status: 200, text: "success" } : { status: 400, text: "fail" };
  } catch (error) {
    log.error({ err: error }, "an alarm could not be stored");
    return { status: 503, text: "fail" };
  }
}

/** Once for each alarm of WeChat's: a copy finds the notification applied and raises nothing. */
async function raise(shop: Shop, alarm: Alarm, of: { notificationId: number; key: string }): Promise<void> {
  const facts = {
    errorType: alarm.errorType,
    description: alarm.description,
    alarmContent: alarm.alarmContent,
    timeStamp: alarm.timeStamp,
  };
  await shop.db.execute(sql`
    WITH applied AS (
      UPDATE notifications SET applied_at = ${shop.now().toISOString()}::timestamptz WHERE id = ${of.notificationId} AND applied_at IS NULL RETURNING id
    )
    SELECT raise_alarm('wechat', ${alarm.errorType}, ${`wechat:${of.key}`}, NULL, id, ${JSON.stringify(facts)}::jsonb) FROM applied`);
}
