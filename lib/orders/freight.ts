import type { ProductKind } from "@/lib/db/schema/catalog";
import type { Settings } from "@/lib/settings/definitions";

/** What sending an order costs its buyer; the checkout page shows it before the order is placed. */
export function freightOf(
  goods: { kind: ProductKind; goodsFen: number },
  { freightFlatFen, freightFreeFromFen }: Pick<Settings, "freightFlatFen" | "freightFreeFromFen">,
): number {
  const free = goods.kind === "virtual" || goods.goodsFen >= freightFreeFromFen;
  return free ? 0 : freightFlatFen;
}
