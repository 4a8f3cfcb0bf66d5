import { inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { codes, deliveryContents } from "@/lib/db/schema/deliveries";
import type { HeldContent } from "./hold-contents";

/** Ties what was held to a delivery of this transaction: a copy of a text or link, and codes that are given for ever. */
export async function giveContents(
  tx: Tx,
  of: { deliveryId: number; held: HeldContent[]; now: Date },
): Promise<void> {
  const { deliveryId } = of;
  for (const content of of.held) {
    if (content.kind === "codes")
      await tx.update(codes).set({ deliveryId, givenAt: of.now }).where(inArray(codes.id, content.codeIds));
    else await tx.insert(deliveryContents).values({ deliveryId, ...content });
  }
}
