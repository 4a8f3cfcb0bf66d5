import type { AuditAction } from "@/lib/audit/write-entry";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { move } from "@/lib/db/move";
import { AppError } from "@/lib/http/app-error";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { announceRefund } from "./announce-refund";
import { lockRefund, type RefundRow } from "./lock-refund";
import type { RefundEvent } from "./state";

type Locked = Awaited<ReturnType<typeof lockRefund>>;
type Deed = { action: AuditAction; after?: Record<string, unknown> };

/**
 * What every decision of a person has in common: locks, the deed itself, its audit entry and what follows, in one
 * transaction. `deed` throws when it may not, and nothing has happened then.
 */
export async function decide(
  shop: Shop,
  of: { refundNo: string; by: Person },
  deed: (tx: Tx, locked: Locked) => Promise<Deed>,
): Promise<void> {
  await shop.db.transaction(async (tx) => {
    const locked = await lockRefund(tx, { refundNo: of.refundNo });
    const { refund } = locked;
    const { action, after } = await deed(tx, locked);
    await writeEntry(tx, {
      ...of.by,
      action,
      subject: "refund",
      subjectId: refund.id,
      orderId: refund.orderId,
      at: shop.now(),
      before: { status: refund.status, refundFen: refund.refundFen },
      after: { refundNo: refund.outRefundNo, ...after },
    });
    await announceRefund(tx, refund, shop.now());
  });
  nudgeOutbox(shop.sql);
}

/** A move by a person; `refund_decided` when somebody, or WeChat, was faster. */
export async function moveRefund(
  tx: Tx,
  of: {
    refund: RefundRow;
    event: RefundEvent;
    by: Person;
    at: Date;
    set?: Parameters<typeof move>[1]["set"];
  },
): Promise<void> {
  const { refund, event, by, at, set } = of;
  const moved = await move(tx, {
    entity: "refund",
    event,
    id: refund.id,
    actor: `staff:${by.staffId}`,
    at,
    set,
  });
  if (!moved) throw new AppError("refund_decided", { refundStatus: refund.status });
}
