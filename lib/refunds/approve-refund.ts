import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { orderLines } from "@/lib/db/schema/orders";
import { refundLines, refunds } from "@/lib/db/schema/refunds";
import { AppError } from "@/lib/http/app-error";
import type { Settings } from "@/lib/settings/definitions";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { type Person, readNote, readOptionalNote } from "@/lib/staff/person";
import { approveNow } from "./approve-now";
import { decide, moveRefund } from "./decide-refund";
import type { RefundRow } from "./lock-refund";
import { decidedFen, refundableFen } from "./refundable";
import type { RefundStatus } from "./state";

export type Approval = {
  refundNo: string;
  by: Person;
  /** A part of what was asked; absent: all of it. */
  refundFen?: number;
  /** What the buyer reads. */
  note?: string | null;
  /** Per line, whether its pieces can be sold again; absent: the usual rule. */
  restock?: { sku: string; restock: boolean }[];
  /** A price reduction: the buyer keeps everything, no piece is taken back. */
  dropLines?: boolean;
};

/**
 * Approves a request. From the limit of `refundSecondPersonFromFen` on, two of the staff stand behind it: whoever asked
 * never approves, and the first approval of a buyer's request is only noted until another person gives the same.
 */
export async function approveRefund(
  shop: Shop,
  of: Approval,
): Promise<{ status: RefundStatus; waitsForSecond: boolean }> {
  const settings = await readSettings(shop.db);
  const note = readOptionalNote(of.note);
  let waitsForSecond = false;
  await decide(shop, of, async (tx, { refund }) => {
    waitsForSecond = await approve(tx, shop, { ...of, note, goodsFirst: false }, refund, settings);
    return {
      action: waitsForSecond ? "refund.first_approve" : "refund.approve",
      after: { refundFen: of.refundFen ?? refund.refundFen, ...ownRequest(refund, of.by) },
    };
  });
  return { status: waitsForSecond ? "requested" : "approved", waitsForSecond };
}

/** Approves on condition that the goods come back first; `note` tells the buyer where to send them. */
export async function askReturn(
  shop: Shop,
  of: Omit<Approval, "restock" | "dropLines">,
): Promise<{ status: RefundStatus; waitsForSecond: boolean }> {
  const settings = await readSettings(shop.db);
  const note = readNote(of.note);
  let waitsForSecond = false;
  await decide(shop, of, async (tx, { refund }) => {
    waitsForSecond = await approve(tx, shop, { ...of, note, goodsFirst: true }, refund, settings);
    if (!waitsForSecond) await moveRefund(tx, { refund, event: "askReturn", by: of.by, at: shop.now() });
    return {
      action: waitsForSecond ? "refund.first_approve" : "refund.ask_return",
      after: { refundFen: of.refundFen ?? refund.refundFen, ...ownRequest(refund, of.by) },
    };
  });
  return { status: waitsForSecond ? "requested" : "awaiting_return", waitsForSecond };
}

/** True when a second person is still needed. */
async function approve(
  tx: Tx,
  shop: Shop,
  of: Approval & { goodsFirst: boolean },
  refund: RefundRow,
  settings: Settings,
): Promise<boolean> {
  if (refund.status !== "requested") throw new AppError("refund_decided", { refundStatus: refund.status });
  const refundFen = of.refundFen ?? refund.refundFen;
  if (!Number.isSafeInteger(refundFen) || refundFen < 1 || refundFen > refund.requestedFen)
    throw new AppError("refund_exceeds_request", { requestedFen: refund.requestedFen });
  await refuseMoreThanReceived(tx, refund, refundFen);

  const limit = settings.refundSecondPersonFromFen;
  const togetherFen = refundFen + (await decidedFen(tx, refund.receiptId, { without: refund.id }));
  const needsTwo = limit > 0 && togetherFen >= limit;
  const mayDecideNow = !needsTwo || hasSecondPerson(refund, of.by, { refundFen, goodsFirst: of.goodsFirst });
  await chooseRestock(tx, refund, of.restock ?? []);
  if (!mayDecideNow) {
    await tx
      .update(refunds)
      .set({
        refundFen,
        firstApprovedBy: of.by.staffId,
        firstApprovedAt: shop.now(),
        firstApprovedReturn: of.goodsFirst,
        decisionNote: of.note ?? null,
      })
      .where(eq(refunds.id, refund.id));
    return true;
  }
  await tx.update(refunds).set({ refundFen }).where(eq(refunds.id, refund.id));
  // Not before it is decided: the second person may want the goods back.
  if (of.dropLines) await tx.delete(refundLines).where(eq(refundLines.refundId, refund.id));
  await approveNow(tx, {
    refund,
    actor: `staff:${of.by.staffId}`,
    staffId: of.by.staffId,
    undoSeconds: settings.refundUndoSeconds,
    note: of.note ?? refund.decisionNote,
    now: shop.now(),
  });
  return false;
}

/** Whether another person has said the same: this amount, and on this condition. Throws when it is this person who may not be the second. */
function hasSecondPerson(
  refund: RefundRow,
  by: Person,
  of: { refundFen: number; goodsFirst: boolean },
): boolean {
  if (refund.staffId === by.staffId) throw new AppError("second_person_needed");
  if (refund.staffId !== null) return true;
  const isSame = refund.refundFen === of.refundFen && refund.firstApprovedReturn === of.goodsFirst;
  if (refund.firstApprovedBy === null || !isSame) return false;
  if (refund.firstApprovedBy === by.staffId) throw new AppError("second_person_needed");
  return true;
}

/** The portal may have paid back meanwhile what was only promised here. */
async function refuseMoreThanReceived(tx: Tx, refund: RefundRow, refundFen: number): Promise<void> {
  const left = await refundableFen(tx, refund.receiptId, { without: refund.id });
  if (refundFen > left) throw new AppError("refund_exceeds_payment", { refundableFen: left });
}

async function chooseRestock(
  tx: Tx,
  refund: RefundRow,
  choices: { sku: string; restock: boolean }[],
): Promise<void> {
  for (const { sku, restock } of choices) {
    const variantIds = tx
      .select({ id: orderLines.variantId })
      .from(orderLines)
      .where(and(eq(orderLines.orderId, refund.orderId ?? 0), eq(orderLines.sku, sku)));
    await tx
      .update(refundLines)
      .set({ restock })
      .where(and(eq(refundLines.refundId, refund.id), inArray(refundLines.variantId, variantIds)));
  }
}

function ownRequest(refund: RefundRow, by: Person): { ownRequest?: true } {
  return refund.staffId === by.staffId ? { ownRequest: true } : {};
}
