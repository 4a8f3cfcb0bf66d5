import { eq, sql } from "drizzle-orm";
import { refunds } from "@/lib/db/schema/refunds";
import { AppError, type FieldProblem } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { decide } from "./decide-refund";

export const payoutMethods = ["bank_transfer", "wechat_transfer", "cash", "other"] as const;
export type PayoutMethod = (typeof payoutMethods)[number];

/** The form has no seconds, and WeChat's clock is not ours. */
const graceMs = 5 * 60_000;

/**
 * A person has paid back by hand what WeChat will never pay, and records how. Once: what was recorded stands. The order
 * follows as it would have.
 */
export async function recordPayout(
  shop: Shop,
  of: {
    refundNo: string;
    by: Person;
    method: string;
    reference: string | null;
    note: string | null;
    paidAt: Date;
  },
): Promise<void> {
  const { method, reference, note } = readPayout(shop, of);
  await decide(shop, of, async (tx, { refund, receipt }) => {
    if (refund.status !== "manual" || refund.manualPaidAt !== null)
      throw new AppError("refund_decided", { refundStatus: refund.status });
    if (of.paidAt.getTime() < receipt.paidAt.getTime() - graceMs)
      throw new AppError("malformed", { errors: [{ path: "paidAt", code: "paidAt" }] });
    const now = shop.now().toISOString();
    await tx
      .update(refunds)
      .set({
        manualMethod: method,
        manualReference: reference,
        manualNote: note,
        manualPaidAt: of.paidAt,
        manualBy: of.by.staffId,
      })
      .where(eq(refunds.id, refund.id));
    await tx.execute(sql`SELECT follow_refund(f, r, o, ${`staff:${of.by.staffId}`}, ${now}::timestamptz)
      FROM refunds f JOIN receipts r ON r.id = f.receipt_id LEFT JOIN orders o ON o.id = r.order_id WHERE f.id = ${refund.id}`);
    await tx.execute(sql`SELECT resolve_refund_alarms(${refund.id}, ${now}::timestamptz)`);
    return {
      action: "refund.record_payout",
      after: { method, reference, paidAt: of.paidAt.toISOString() },
    };
  });
}

function readPayout(
  shop: Shop,
  of: { method: string; reference: string | null; note: string | null; paidAt: Date },
): { method: PayoutMethod; reference: string | null; note: string | null } {
  const method = payoutMethods.find((one) => one === of.method);
  const reference = of.reference?.trim() || null;
  const note = of.note?.trim() || null;
  const inTime = of.paidAt.getTime() <= shop.now().getTime() + graceMs;
  const errors: FieldProblem[] = [
    ...(method ? [] : [{ path: "method", code: "required" }]),
    ...(isText(reference, 100) ? [] : [{ path: "reference", code: "invalid" }]),
    ...(isText(note, 500) ? [] : [{ path: "note", code: "note" }]),
    ...(inTime ? [] : [{ path: "paidAt", code: "paidAt" }]),
  ];
  if (!method || errors.length) throw new AppError("malformed", { errors });
  return { method, reference, note };
}

function isText(text: string | null, longest: number): boolean {
  return text === null || (text.length <= longest && !text.includes("\0"));
}
