"use server";

import { removeLine } from "@/lib/cart/remove-line";
import { shop } from "@/lib/shop";
import type { DeedState } from "./deed-state";
import { doCartDeed } from "./do-cart-deed";

/** Takes a line out of the cart; the page offers to put it back. */
export async function takeOut(_before: DeedState, form: FormData): Promise<DeedState> {
  return doCartDeed(form, ({ memberId, text }) => removeLine(shop(), { memberId, sku: text("sku") }));
}
