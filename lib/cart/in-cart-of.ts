import { and, eq, isNull, type SQL } from "drizzle-orm";
import { cartLines } from "@/lib/db/schema/cart";

/** The lines that a member's cart holds now; one that was taken out is no line any more. */
export function inCartOf(memberId: number): SQL | undefined {
  return and(eq(cartLines.memberId, memberId), isNull(cartLines.removedAt));
}
