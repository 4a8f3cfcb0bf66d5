import type { Tx } from "@/lib/db/connect";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { type HeldContent, holdContents } from "./hold-contents";
import type { DeliveryKind } from "./state";

/**
 * What is stored for goods that a person hands over. A note may say instead what is missing; without one the buyer would
 * be left with nothing: `no_codes_left`, `content_unreadable`.
 */
export async function holdToGive(
  tx: Tx,
  shop: Shop,
  of: { kind: DeliveryKind; note: string | null; lines: { variantId: number; quantity: number }[] },
): Promise<HeldContent[]> {
  if (of.kind !== "virtual") return [];
  const { held, short, unreadable } = await holdContents(tx, {
    lines: of.lines,
    dataKey: shop.environment.dataKey,
  });
  if (of.note === null && short.length) throw new AppError("no_codes_left");
  if (of.note === null && unreadable.length) throw new AppError("content_unreadable");
  return held;
}
