import { and, desc, eq, gt } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { members } from "@/lib/db/schema/members";
import { staffNotes } from "@/lib/db/schema/notes";
import { orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import { signalDesk } from "@/lib/live/signal-desk";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { type NoteSubject, noteLength } from "./note-subject";

const repeatMs = 60_000; // A form that is sent twice, not somebody who says the same on another day.

/**
 * Keeps what somebody writes for the other staff: 1 to 500 characters of plain text, about an order or about a member.
 * The same words by the same person within a minute are kept once. `note_invalid`, `not_found`; `member_erased`, whose
 * personal data must not come back in a note.
 */
export async function addNote(
  shop: Shop,
  of: NoteSubject & { text: string; by: Person },
): Promise<"added" | "repeated"> {
  const text = readText(of.text);
  const now = shop.now();
  const { isNew, orderNo } = await shop.db.transaction(async (tx) => {
    const { orderNo, ...subject } = await lockSubject(tx, of);
    if (await isRepeat(tx, { ...subject, text, staffId: of.by.staffId, now }))
      return { isNew: false, orderNo };
    const [note] = await tx
      .insert(staffNotes)
      .values({ ...subject, text, staffId: of.by.staffId, createdAt: now })
      .returning({ id: staffNotes.id });
    if (!note) throw new Error("a note was not inserted");
    const { orderId, memberId } = subject;
    await writeEntry(tx, {
      ...of.by,
      ...(orderId === null
        ? { action: "member.note", subject: "member", subjectId: memberId }
        : { action: "order.note", subject: "order", subjectId: orderId, orderId }),
      at: now,
      after: { note: note.id },
    });
    return { isNew: true, orderNo };
  });
  if (isNew) await signalDesk(shop.sql, { type: "note", orderNo });
  return isNew ? "added" : "repeated";
}

function readText(typed: string): string {
  const text = typed.replaceAll("\r\n", "\n").trim();
  if (!text || text.length > noteLength || text.includes("\0")) throw new AppError("note_invalid");
  return text;
}

type Subject =
  | { orderNo: string; orderId: number; memberId: null }
  | { orderNo: null; orderId: null; memberId: number };

/** Locked, so that of two equal notes one is seen by the other, and nobody is erased meanwhile. */
async function lockSubject(tx: Tx, of: NoteSubject): Promise<Subject> {
  if ("orderNo" in of) {
    const { id, orderNo } = orders;
    const [order] = await tx.select({ id }).from(orders).where(eq(orderNo, of.orderNo)).for("no key update");
    if (!order) throw new AppError("not_found");
    return { orderNo: of.orderNo, orderId: order.id, memberId: null };
  }
  const { id, erasedAt } = members;
  const [member] = await tx
    .select({ id, erasedAt })
    .from(members)
    .where(eq(id, of.memberId))
    .for("no key update");
  if (!member) throw new AppError("not_found");
  if (member.erasedAt) throw new AppError("member_erased");
  return { orderNo: null, orderId: null, memberId: member.id };
}

async function isRepeat(
  tx: Tx,
  of: { orderId: number | null; memberId: number | null; text: string; staffId: number; now: Date },
): Promise<boolean> {
  const mine =
    of.orderId === null ? eq(staffNotes.memberId, of.memberId ?? 0) : eq(staffNotes.orderId, of.orderId);
  const justNow = gt(staffNotes.createdAt, new Date(of.now.getTime() - repeatMs));
  const [last] = await tx
    .select({ text: staffNotes.text, staffId: staffNotes.staffId })
    .from(staffNotes)
    .where(and(mine, justNow))
    .orderBy(desc(staffNotes.id))
    .limit(1);
  return last?.text === of.text && last.staffId === of.staffId;
}
