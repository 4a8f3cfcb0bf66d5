import { desc, eq } from "drizzle-orm";
import { staffNotes } from "@/lib/db/schema/notes";
import { orders } from "@/lib/db/schema/orders";
import { staff } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import type { NoteSubject } from "./note-subject";

const atMost = 200;

export type ListedNote = Awaited<ReturnType<typeof listNotes>>[number];

/** What staff wrote for each other about an order or a member, newest first, 200 at most. For staff's eyes only. */
export function listNotes({ db }: Pick<Shop, "db">, of: NoteSubject) {
  const listed = db
    .select({ id: staffNotes.id, at: staffNotes.createdAt, by: staff.name, text: staffNotes.text })
    .from(staffNotes)
    .innerJoin(staff, eq(staff.id, staffNotes.staffId))
    .$dynamic();
  const mine =
    "orderNo" in of
      ? listed.innerJoin(orders, eq(orders.id, staffNotes.orderId)).where(eq(orders.orderNo, of.orderNo))
      : listed.where(eq(staffNotes.memberId, of.memberId));
  return mine.orderBy(desc(staffNotes.id)).limit(atMost);
}
