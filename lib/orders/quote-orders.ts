import { and, eq, inArray, or, sql } from "drizzle-orm";
import { titleOf } from "@/lib/catalog/title-of";
import { cartLines } from "@/lib/db/schema/cart";
import { type ProductKind, productKinds, products, variants } from "@/lib/db/schema/catalog";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { type LineTrouble, lineTrouble } from "./line-trouble";
import { priceOrders } from "./price-orders";
import { sumBySku } from "./read-goods";

export type QuotedLine = {
  sku: string;
  title: string;
  image: string | null;
  kind: ProductKind;
  quantity: number;
  priceFen: number;
  available: number;
  /** `gone`: no longer in the cart. */
  trouble: LineTrouble | "gone" | null;
};

/** What an order would be if it were placed now. Amounts count only lines without trouble. */
export type Quote = {
  orders: {
    kind: ProductKind;
    lines: QuotedLine[];
    /** Null when none of its lines can be ordered. */
    amounts: { goodsFen: number; freightFen: number; totalFen: number } | null;
  }[];
  totalFen: number;
};

/**
 * The orders that these items would become now, in the order of `priceOrders`; nothing is held. What is not on sale is
 * named only to a member who has it in the cart; `gone` are skus that the caller knows to have left it.
 */
export async function quoteOrders(
  shop: Shop,
  of: { items: { sku: string; quantity: number }[]; memberId: number | null; gone?: string[] },
): Promise<Quote> {
  const quantities = sumBySku(of.items);
  const [settings, rows] = await Promise.all([
    readSettings(shop.db),
    readRows(shop, [...quantities.keys()], of.memberId),
  ]);
  const lines = rows.map(({ variant, product }) => {
    const line = {
      sku: variant.sku,
      title: titleOf(product.title, variant.title),
      image: product.images[0] ?? null,
      kind: product.kind,
      quantity: quantities.get(variant.sku) ?? 0,
      priceFen: variant.priceFen,
      available: variant.onHand - variant.allocated,
    };
    const isGone = of.gone?.includes(line.sku);
    const isOnSale = product.onSale && variant.onSale;
    return { ...line, trouble: isGone ? ("gone" as const) : lineTrouble({ ...line, isOnSale }) };
  });
  const priced = priceOrders(
    lines.filter(({ trouble }) => trouble === null),
    settings,
  );
  return {
    orders: productKinds
      .map((kind) => ({
        kind,
        lines: lines.filter((line) => line.kind === kind),
        amounts: amountsOf(priced.find((order) => order.kind === kind)),
      }))
      .filter((order) => order.lines.length > 0),
    totalFen: priced.reduce((sum, order) => sum + order.totalFen, 0),
  };
}

async function readRows(shop: Shop, skus: string[], memberId: number | null) {
  const wasChosen = sql`EXISTS (SELECT FROM ${cartLines} WHERE ${cartLines.variantId} = ${variants.id}
    AND ${cartLines.memberId} = ${memberId})`;
  return shop.db
    .select({ variant: variants, product: products })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      and(
        inArray(variants.sku, skus),
        or(
          and(eq(products.onSale, true), eq(variants.onSale, true)),
          memberId === null ? undefined : wasChosen,
        ),
      ),
    )
    .orderBy(variants.id);
}

function amountsOf(order: { goodsFen: number; freightFen: number; totalFen: number } | undefined) {
  if (!order) return null;
  const { goodsFen, freightFen, totalFen } = order;
  return { goodsFen, freightFen, totalFen };
}
