"use server";

import { restoreLine } from "@/lib/cart/restore-line";
import { shop } from "@/lib/shop";
import type { DeedState } from "./deed-state";
import { doCartDeed } from "./do-cart-deed";

/** Undoes `takeOut`. */
export async function putBack(_before: DeedState, form: FormData): Promise<DeedState> {
  return doCartDeed(form, ({ memberId, text }) => restoreLine(shop(), { memberId, sku: text("sku") }));
}
