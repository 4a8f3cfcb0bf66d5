import type { Shop } from "@/lib/shop";
import { type Quote, type QuotedLine, quoteOrders } from "./quote-orders";
import type { QuoteRequest } from "./quote-request";

export type QuotedItem = Pick<
  QuotedLine,
  "sku" | "title" | "image" | "quantity" | "priceFen" | "available"
> & {
  /** What `POST /api/orders` would refuse this line with. */
  trouble: "out_of_stock" | null;
};

export type ItemsQuote = {
  /** As `POST /api/orders` would take them, one for each kind. Amounts count only lines without trouble. */
  orders: {
    kind: QuotedLine["kind"];
    lines: QuotedItem[];
    goodsFen: number;
    freightFen: number;
    totalFen: number;
  }[];
  totalFen: number;
  /** Skus that are not on sale; they stand in no order. */
  unavailable: string[];
};

/** What anybody who orders these items now would be asked to pay, and what cannot be had. Nothing is held. */
export async function quoteItems(shop: Shop, { items }: QuoteRequest): Promise<ItemsQuote> {
  const { orders, totalFen } = await quoteOrders(shop, { items, memberId: null });
  const known = new Set(orders.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
  const unavailable = new Set(items.map(({ sku }) => sku).filter((sku) => !known.has(sku)));
  return { orders: orders.map(present), totalFen, unavailable: [...unavailable] };
}

function present({ kind, lines, amounts }: Quote["orders"][number]): ItemsQuote["orders"][number] {
  return {
    kind,
    lines: lines.map(({ sku, title, image, quantity, priceFen, available, trouble }) => ({
      ...{ sku, title, image, quantity, priceFen, available },
      trouble: trouble && "out_of_stock", // No cart is looked into, so what is off sale is no line.
    })),
    ...(amounts ?? { goodsFen: 0, freightFen: 0, totalFen: 0 }),
  };
}
