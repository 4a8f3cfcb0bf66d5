import { type ProductKind, productKinds } from "@/lib/db/schema/catalog";
import type { Settings } from "@/lib/settings/definitions";
import { freightOf } from "./freight";

type Priced = { kind: ProductKind; priceFen: number; quantity: number };

export type PricedOrder<Good extends Priced> = {
  kind: ProductKind;
  goods: Good[];
  goodsFen: number;
  freightFen: number;
  totalFen: number;
};

/**
 * The orders that these goods become and what each of them costs: goods that are sent before those that are delivered
 * online, which WeChat Pay gives another deadline. What the checkout shows is what placing counts.
 */
export function priceOrders<Good extends Priced>(
  goods: Good[],
  settings: Pick<Settings, "freightFlatFen" | "freightFreeFromFen">,
): PricedOrder<Good>[] {
  return productKinds
    .map((kind) => ({ kind, goods: goods.filter((good) => good.kind === kind) }))
    .filter((order) => order.goods.length > 0)
    .map((order) => {
      const goodsFen = order.goods.reduce((sum, good) => sum + good.priceFen * good.quantity, 0);
      const freightFen = freightOf({ kind: order.kind, goodsFen }, settings);
      return { ...order, goodsFen, freightFen, totalFen: goodsFen + freightFen };
    });
}
