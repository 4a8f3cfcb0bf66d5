import { cache } from "react";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { countCart } from "@/lib/cart/count-cart";
import { shop } from "@/lib/shop";

/** How many pieces lie in the cart of who looks at this page. Read once a request. */
export const piecesInCart = cache(async (): Promise<number> => {
  const buyer = await findCurrentBuyer();
  return buyer ? countCart(shop(), buyer.memberId) : 0;
});
