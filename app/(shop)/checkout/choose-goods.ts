import { readCart } from "@/lib/cart/read-cart";
import { findProductBySku } from "@/lib/catalog/find-product-by-sku";
import { mostLines } from "@/lib/orders/order-limits";
import type { Shop } from "@/lib/shop";
import { readQuantity } from "../read-quantity";
import type { Shown } from "./checkout-state";

type Query = Record<string, string | string[] | undefined>;

export type ChosenGoods = {
  from: "cart" | null;
  items: { sku: string; quantity: number }[];
  /** The prices that the cart told last. */
  shown: Shown | null;
  /** Where the choice was made. */
  changeHref: string;
  /** The checkout's own address, to come back to. */
  here: string;
};

/** What an address of the checkout asks for; another address where the choice must be made first; "nothing" that we know. */
export async function chooseGoods(
  shop: Shop,
  of: { query: Query; memberId: number | null },
): Promise<ChosenGoods | { instead: string } | "nothing"> {
  return of.query.from === "cart" ? fromCart(shop, of) : atOnce(shop, of.query);
}

async function fromCart(
  shop: Shop,
  { query, memberId }: { query: Query; memberId: number | null },
): Promise<ChosenGoods | { instead: string }> {
  const skus = [query.sku ?? []].flat();
  if (skus.length === 0) return { instead: "/cart" };
  const cart = memberId === null ? [] : await readCart(shop, memberId);
  const lines = cart.filter(({ sku }) => skus.includes(sku));
  if (lines.length > mostLines) return { instead: "/cart?way=tooMany" };
  return {
    from: "cart",
    items: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    shown: {
      totalFen: null,
      pricesFen: Object.fromEntries(lines.map(({ sku, seenFen }) => [sku, seenFen])),
    },
    changeHref: "/cart",
    here: `/checkout?${new URLSearchParams([["from", "cart"], ...lines.map(({ sku }) => ["sku", sku])])}`,
  };
}

async function atOnce(shop: Shop, query: Query): Promise<ChosenGoods | { instead: string } | "nothing"> {
  if (query.sku === undefined) return { instead: "/cart" };
  const sku = typeof query.sku === "string" ? query.sku : "";
  const product = await findProductBySku(shop, sku);
  if (product === null) return "nothing";
  const wanted = typeof query.quantity === "string" ? query.quantity : "";
  const changeHref = `/products/${encodeURIComponent(product.slug)}?${new URLSearchParams({ sku, quantity: wanted })}`;
  const quantity = readQuantity(wanted);
  if (quantity === null) return { instead: changeHref };
  const here = `/checkout?${new URLSearchParams({ sku, quantity: wanted })}`;
  return { from: null, items: [{ sku, quantity }], shown: null, changeHref, here };
}
