import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, fen, id, oneOf, ref } from "./columns";

export const productKinds = ["physical", "virtual"] as const;
export type ProductKind = (typeof productKinds)[number];

export const products = pgTable(
  "products",
  {
    id: id(),
    slug: text("slug").notNull().unique("products_slug"),
    title: text("title").notNull(),
    kind: text("kind", { enum: productKinds }).notNull(),
    description: text("description").notNull().default(""),
    images: jsonb("images").$type<string[]>().notNull().default([]),
    onSale: boolean("on_sale").notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [check("products_kind", oneOf("kind", productKinds)), index("products_newest").on(t.onSale, t.id)],
);

export const variants = pgTable(
  "variants",
  {
    id: id(),
    productId: ref("product_id")
      .notNull()
      .references(() => products.id),
    sku: text("sku").notNull().unique("variants_sku"),
    title: text("title").notNull(),
    priceFen: fen("price_fen").notNull(),
    onHand: integer("on_hand").notNull(),
    allocated: integer("allocated").notNull().default(0),
    position: integer("position").notNull().default(0),
  },
  (t) => [
    check("variants_price", sql`${t.priceFen} BETWEEN 1 AND 1000000000`),
    check("variants_stock", sql`0 <= ${t.allocated} AND ${t.allocated} <= ${t.onHand}`),
    index("variants_product").on(t.productId, t.position),
  ],
);
