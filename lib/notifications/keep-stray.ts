import type { NotificationKind } from "@/lib/db/schema/notifications";
import { countNotification } from "@/lib/health/metrics";
import { log } from "@/lib/http/log";
import { within } from "@/lib/http/within";
import { answerWithinMs } from "@/lib/notifications/answer";
import type { Shop } from "@/lib/shop";
import type { Message } from "./message";
import { inStrangerQueue } from "./stranger-queue";

/** Of what anyone can send without a key: enough to see what is going on, too little to fill a disk. */
const keptPerHour = 100;
const keptBytes = 4096;
const keptReason = 200; // It may quote the stranger.

/**
 * Counts a message that proves nothing about its sender and keeps the first hundred an hour; a forged one raises one
 * alarm. Of a flood, more than can wait is only a number in the metrics. Never throws: the sender is refused whether or
 * not we can remember it.
 */
export async function keepStray(
  shop: Shop,
  stray: {
    kind: NotificationKind;
    verdict: "forged" | "malformed" | "unverified";
    reason: string;
    answer: string;
    message: Message;
  },
): Promise<void> {
  countNotification(stray.kind, stray.verdict);
  const now = shop.now().toISOString();
  const { kind, verdict, answer, message } = stray;
  const reason = stray.reason.slice(0, keptReason).toWellFormed();
  const body = Buffer.from(message.body).subarray(0, keptBytes);
  try {
    const keep = () => shop.sql`
      WITH counted AS (
        INSERT INTO stray_counts AS c (kind, hour, count) VALUES (${kind}, date_trunc('hour', ${now}::timestamptz), 1)
        ON CONFLICT (kind, hour) DO UPDATE SET count = c.count + 1 RETURNING count
      ), kept AS (
        INSERT INTO notifications (kind, verdict, reason, answer, headers, body, address, received_at, last_received_at)
        SELECT ${kind}, ${verdict}, ${reason}, ${answer}, ${JSON.stringify(message.headers)}::text::jsonb, ${body}, ${message.address},
          ${now}::timestamptz, ${now}::timestamptz FROM counted WHERE count <= ${keptPerHour}
        RETURNING id
      )
      SELECT CASE WHEN ${verdict} = 'forged' THEN raise_alarm('shop', 'forged_notification', ${`forged_notification:${kind}`}, NULL,
        (SELECT id FROM kept), jsonb_build_object('kind', ${kind}::text, 'reason', ${reason}::text)) END FROM counted`;
    await within(answerWithinMs, inStrangerQueue(keep));
  } catch (error) {
    log.error({ err: error, kind, verdict }, "a stray message could not be counted");
  }
}
