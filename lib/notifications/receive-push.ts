import { numbersIn } from "@/lib/alarms/numbers-in";
import { quoted, storeWechatAlarm, type WechatAlarm } from "@/lib/alarms/store-wechat-alarm";
import { log } from "@/lib/http/log";
import type { Shop } from "@/lib/shop";
import type { PushReading } from "@/lib/wechat/push";
import type { Fields } from "@/lib/wechat/xml";
import { dedupeKey } from "./dedupe-key";
import { keepStray } from "./keep-stray";
import type { Message } from "./message";
import { storeNotification } from "./store-notification";

/** Of the service of shipping info (E): WeChat waits for the report of an order that was paid two days ago. */
const remindShipping = "trade_manage_remind_shipping";

/** Stores a pushed event once; a reminder to ship is raised as WeChat's alarm. */
export async function receivePush(
  shop: Shop,
  reading: PushReading,
  message: Message,
): Promise<{ status: number; text: string }> {
  if (reading.kind !== "verified") {
    const verdict = reading.kind === "forged" ? "forged" : "malformed";
    await keepStray(shop, { kind: "push", verdict, reason: reading.reason, answer: "fail", message });
    if (reading.kind === "forged") return { status: 403, text: "fail" };
    return { status: reading.tooLarge ? 413 : 400, text: "fail" };
  }
  const { fields } = reading;
  const stored = {
    kind: "push",
    dedupeKey: keyOf(reading),
    transactionId: quoted(fields?.transaction_id ?? "") || null,
    outTradeNo: quoted(fields?.merchant_trade_no ?? "") || null,
    message: { ...message, body: Buffer.from(reading.message) }, // Decrypted: the key may have changed when it is read.
  } as const;
  try {
    const alarm = fields?.Event === remindShipping ? reminderIn(fields) : null;
    if (alarm) await storeWechatAlarm(shop, alarm, stored);
    else await storeNotification(shop, { ...stored, verdict: "stored", answer: "success" });
    return { status: 200, text: "success" };
  } catch (error) {
    log.error({ err: error }, "a pushed event could not be stored");
    return { status: 503, text: "fail" };
  }
}

/** WeChat sends one event for each order, many in the same second: the order is part of what tells them apart. */
function keyOf({ fields, message }: { fields: Fields | null; message: string }): string {
  if (fields?.MsgId) return dedupeKey("push", [fields.MsgId]);
  if (!fields?.FromUserName) return dedupeKey("push", [message]);
  const { FromUserName, CreateTime, Event, transaction_id, merchant_trade_no } = fields;
  return dedupeKey("push", [FromUserName, CreateTime, Event, transaction_id, merchant_trade_no]);
}

function reminderIn(fields: Fields): WechatAlarm {
  const { transaction_id = "", merchant_trade_no = "", msg = "", CreateTime = "" } = fields;
  return {
    kind: remindShipping,
    dedupeKey: `wechat:${dedupeKey(remindShipping, [transaction_id, merchant_trade_no])}`,
    facts: {
      transactionId: quoted(transaction_id),
      outTradeNo: quoted(merchant_trade_no),
      description: quoted(msg),
      timeStamp: quoted(CreateTime),
    },
    numbers: numbersIn(transaction_id, merchant_trade_no, msg),
    saidAt: /^\d{1,12}$/.test(CreateTime) ? Number(CreateTime) : 0,
  };
}
