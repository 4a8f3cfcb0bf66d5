"use server";

import { acknowledgePrices } from "@/lib/cart/acknowledge-prices";
import { mostLines } from "@/lib/orders/order-limits";
import { shop } from "@/lib/shop";
import { readFen } from "../read-fen";
import type { DeedState } from "./deed-state";
import { doCartDeed } from "./do-cart-deed";

/** The buyer has seen the new prices: fields `told:SKU`, each the price that the page told. */
export async function acceptPrices(_before: DeedState, form: FormData): Promise<DeedState> {
  return doCartDeed(form, ({ memberId }) => {
    const told = [...form].flatMap(([name, value]) => {
      const priceFen = name.startsWith("told:") && typeof value === "string" ? readFen(value) : null;
      return priceFen === null ? [] : [{ sku: name.slice("told:".length), priceFen }];
    });
    return acknowledgePrices(shop(), { memberId, told: told.slice(0, 2 * mostLines) });
  });
}
