import { inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { virtualContents } from "@/lib/db/schema/deliveries";
import { unseal } from "@/lib/db/seal";
import { takeCodes } from "./take-codes";

/** What one line is delivered as: a text or link as it is sealed, or codes held for it. */
export type HeldContent = { variantId: number } & (
  | { kind: "text" | "link"; sealed: string }
  | { kind: "codes"; codeIds: number[] }
);

export type HeldContents = {
  held: HeldContent[];
  /** Variants of which nothing is stored: people deliver them. */
  without: number[];
  /** Variants whose stock has too few codes that can be opened. */
  short: number[];
  /** Variants whose text or link was sealed with another DATA_KEY. */
  unreadable: number[];
};

/** What is stored for these lines, held until the caller's transaction gives or leaves it. Lines come by variant id. */
export async function holdContents(
  tx: Tx,
  of: { lines: { variantId: number; quantity: number }[]; dataKey: string },
): Promise<HeldContents> {
  const found: HeldContents = { held: [], without: [], short: [], unreadable: [] };
  const ids = of.lines.map(({ variantId }) => variantId);
  const stored = await tx.select().from(virtualContents).where(inArray(virtualContents.variantId, ids));
  for (const { variantId, quantity } of of.lines) {
    const content = stored.find((row) => row.variantId === variantId);
    if (!content) found.without.push(variantId);
    else if (content.kind === "codes") {
      const codeIds = await takeCodes(tx, { variantId, quantity, dataKey: of.dataKey });
      if (codeIds) found.held.push({ variantId, kind: "codes", codeIds });
      else found.short.push(variantId);
    } else if (content.sealed !== null && unseal(content.sealed, of.dataKey) !== null)
      found.held.push({ variantId, kind: content.kind, sealed: content.sealed });
    else found.unreadable.push(variantId);
  }
  return found;
}
