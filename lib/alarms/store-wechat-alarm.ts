import { countNotification } from "@/lib/health/metrics";
import type { Message } from "@/lib/notifications/message";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import { lateReportKinds } from "./kinds";

export type WechatAlarm = {
  /** WeChat's ErrorType, or the name of the event it pushed. */
  kind: string;
  /** The same trouble has the same key: it counts up on the alarm that is not resolved. */
  dedupeKey: string;
  facts: Record<string, unknown>;
  /** What may name an order. */
  numbers: string[];
  /** In seconds, by WeChat's clock. */
  saidAt: number;
};

/**
 * Stores a verified alarm, raises it and ties it to the orders that it names, in one transaction; a copy (same key of the
 * notification) is counted. One about a late report that WeChat took after it spoke is resolved at once.
 */
export async function storeWechatAlarm(
  shop: Shop,
  alarm: WechatAlarm,
  of: {
    kind: "alarm" | "push";
    dedupeKey: string;
    transactionId?: string | null;
    outTradeNo?: string | null;
    message: Message;
  },
): Promise<void> {
  countNotification(of.kind, "stored");
  const { headers, body, address } = of.message;
  await shop.sql`SELECT store_wechat_alarm(
    ${of.kind}, ${of.dedupeKey}, ${JSON.stringify(headers)}::text::jsonb, ${Buffer.from(body)}, ${address}, ${of.transactionId ?? null},
    ${of.outTradeNo ?? null}, ${alarm.kind}, ${alarm.dedupeKey}, ${JSON.stringify(alarm.facts)}::text::jsonb, ${alarm.numbers},
    to_timestamp(${alarm.saidAt}), ${lateReportKinds.includes(alarm.kind)}, ${shop.now().toISOString()})`;
  nudgeOutbox(shop.sql);
}

/** Free text of somebody else's as a fact to show: the message as it came is kept whole. */
export function quoted(text: string): string {
  return text.slice(0, 1000).replaceAll("\0", "").toWellFormed();
}
