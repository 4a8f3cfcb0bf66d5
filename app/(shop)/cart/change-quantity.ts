"use server";

import { setQuantity } from "@/lib/cart/set-quantity";
import { AppError } from "@/lib/http/app-error";
import { shop } from "@/lib/shop";
import { readFen } from "../read-fen";
import { readQuantity } from "../read-quantity";
import type { DeedState } from "./deed-state";
import { doCartDeed } from "./do-cart-deed";

/** So many pieces: what was typed, or what the button that was pressed stands for (`to`). */
export async function changeQuantity(_before: DeedState, form: FormData): Promise<DeedState> {
  return doCartDeed(form, async ({ memberId, text }) => {
    const quantity = readQuantity((text("to") || text("quantity")).trim());
    if (quantity === null)
      throw new AppError("malformed", { errors: [{ path: "quantity", code: "quantity" }] });
    await setQuantity(shop(), { memberId, sku: text("sku"), quantity, toldFen: readFen(text("told")) });
  });
}
