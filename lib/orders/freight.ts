import type { ProductKind } from "@/lib/db/schema/catalog";
import type { Settings } from "@/lib/settings/definitions";
import { largestFen } from "@/lib/wechat/fen";

type FreightRule = Pick<Settings, "freightFlatFen" | "freightFreeFromFen">;

/** What sending an order costs its buyer; the checkout page shows it before the order is placed. */
export function freightOf(
  goods: { kind: ProductKind; goodsFen: number },
  { freightFlatFen, freightFreeFromFen }: FreightRule,
): number {
  const free = goods.kind === "virtual" || goods.goodsFen >= freightFreeFromFen;
  return free ? 0 : freightFlatFen;
}

/** The value of goods from which on sending costs nothing; null when no order can be worth as much. */
export function freeFromFen({ freightFreeFromFen }: FreightRule): number | null {
  return freightFreeFromFen < largestFen ? freightFreeFromFen : null;
}
