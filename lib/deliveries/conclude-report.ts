import { eq, inArray } from "drizzle-orm";
import { resolveTokenTrouble } from "@/lib/access-tokens/token-trouble";
import type { Tx } from "@/lib/db/connect";
import { deliveries } from "@/lib/db/schema/deliveries";
import { deliveryReports } from "@/lib/db/schema/reports";
import { signalDesk } from "@/lib/live/signal-desk";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import { concludeUnclear } from "./conclude-failed-report";
import type { Told } from "./delivery-reporter";
import { endReport } from "./end-report";
import { lockReport, type Owed } from "./lock-report";
import { queueReport, queueWaitingReports } from "./queue-report";

/** WeChat has answered: the report is accepted, or the next parcel or question is due, or it does not show yet what it took. */
export async function concludeReport(
  shop: Shop,
  of: { receiptId: number; appId: string; told: Told; at: Date },
): Promise<void> {
  const { told, appId } = of;
  const now = shop.now();
  const owed = await shop.db.transaction(async (tx) => {
    const owed = await lockReport(tx, of.receiptId);
    if (owed?.report.status !== "queued") return null; // Another try was faster.
    if (told.uploaded) await keepUploaded(tx, owed, { ...told.uploaded, at: of.at });
    if (told.isReported) await endReport(tx, owed, { event: "report", at: now });
    else if (told.uploaded) await goOn(tx, owed, now);
    else await concludeUnclear(tx, owed, { code: "NOT_SHOWN", text: "get_order does not show it yet", now });
    return owed;
  });
  if (await resolveTokenTrouble(shop.db, appId, now)) await queueWaitingReports(shop.db, { appId, now });
  nudgeOutbox(shop.sql);
  if (owed?.order) await signalDesk(shop.sql, { type: "delivery", orderNo: owed.order.orderNo });
}

/** As of the moment when the message was made: what was corrected since is not in it. */
async function keepUploaded(
  tx: Tx,
  { report }: Owed,
  of: NonNullable<Told["uploaded"]> & { at: Date },
): Promise<void> {
  await tx.update(deliveries).set({ uploadedAt: of.at }).where(inArray(deliveries.id, of.deliveryIds));
  await tx.update(deliveryReports).set({ request: of.soFar }).where(eq(deliveryReports.id, report.id));
}

/** What follows has gaps of its own. */
async function goOn(tx: Tx, { report }: Owed, now: Date): Promise<void> {
  await tx
    .update(deliveryReports)
    .set({ attempts: 1, nextTryAt: now })
    .where(eq(deliveryReports.id, report.id));
  await queueReport(tx, report, now);
}
