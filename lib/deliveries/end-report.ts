import { sql } from "drizzle-orm";
import { lateReportKinds } from "@/lib/alarms/kinds";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import type { Owed } from "./lock-report";

/**
 * Nothing is owed for this receipt any more: WeChat has accepted the report, nobody covers it, or a person gave it up. The
 * order's clock and WeChat's own alarms that it is late are about the money that paid the order, and end with its report
 * alone; what a person gave up WeChat still misses, so its alarms are that person's to resolve.
 */
export async function endReport(
  tx: Tx,
  { report, receipt }: Owed,
  {
    event,
    at,
    actor = "job:report_delivery",
  }: { event: "report" | "waive" | "giveUp"; at: Date; actor?: string },
): Promise<boolean> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const moved = await move(tx, {
    entity: "report",
    event,
    id: report.id,
    actor,
    at,
    set: sql`next_try_at = NULL, error_code = NULL, error_text = NULL, reported_at = ${event === "report" ? now : null}`,
  });
  if (!moved) return false;
  await tx.execute(sql`SELECT graphile_worker.remove_job(${`report_delivery:${receipt.id}`})`);
  await tx.execute(
    sql`SELECT resolve_alarms(ARRAY[${`report_refused:${report.id}`}, ${`report_stuck:${report.id}`}], ${now})`,
  );
  if (receipt.verdict !== "settling") return true;
  await tx.execute(sql`SELECT end_clock(${receipt.orderId}, ${now})`);
  if (event !== "giveUp")
    await tx.execute(
      sql`SELECT resolve_alarms_of_order(${receipt.orderId}, 'wechat', ${`{${lateReportKinds.join(",")}}`}, ${now})`,
    );
  return true;
}
