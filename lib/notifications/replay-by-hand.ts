import { eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { type NotificationVerdict, notifications } from "@/lib/db/schema/notifications";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import type { NotificationAnswer } from "./answer";
import { replayNotification } from "./replay-notification";

/** What the message is judged as now, "failed" when our side still fails, and what WeChat would have read. */
export type Replayed = { verdict: NotificationVerdict; answer: NotificationAnswer };

/**
 * A person has a notification judged once more that failed on our side. The audit entry is committed first: what the
 * message settles commits by itself, in its one statement, and must never do so without an entry. Two at once are two
 * entries and one settlement. `notification_not_failed`, `member_erased` when its bytes are gone, `not_found`.
 */
export async function replayByHand(shop: Shop, of: { id: number; by: Person }): Promise<Replayed> {
  const mine = eq(notifications.id, of.id);
  await shop.db.transaction(async (tx) => {
    const { verdict, orderId, scrubbedAt } = notifications;
    const [row] = await tx
      .select({ verdict, orderId, scrubbedAt })
      .from(notifications)
      .where(mine)
      .for("share");
    if (!row) throw new AppError("not_found");
    if (row.verdict !== "failed") throw new AppError("notification_not_failed");
    if (row.scrubbedAt) throw new AppError("member_erased");
    await writeEntry(tx, {
      ...of.by,
      action: "notification.replay",
      subject: "notification",
      subjectId: of.id,
      orderId: row.orderId,
      at: shop.now(),
      before: { verdict: row.verdict },
    });
  });
  const answer = await replayNotification(shop, of.id);
  const [row] = await shop.db.select({ verdict: notifications.verdict }).from(notifications).where(mine);
  return { verdict: row?.verdict ?? "failed", answer };
}
