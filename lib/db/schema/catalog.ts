import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { at, createdAt, fen, id, oneOf, ref } from "./columns";
import { staff } from "./staff";

export const productKinds = ["physical", "virtual"] as const;
export type ProductKind = (typeof productKinds)[number];

/** The shelves of the shop, in the order in which buyers see them. A product stands on one of them or on none. */
export const categories = pgTable(
  "categories",
  {
    id: id(),
    slug: text("slug").notNull().unique("categories_slug"),
    title: text("title").notNull().unique("categories_title"),
    position: integer("position").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    check("categories_text", sql`length(${t.title}) BETWEEN 1 AND 20 AND length(${t.slug}) BETWEEN 1 AND 60`),
  ],
);

export const products = pgTable(
  "products",
  {
    id: id(),
    slug: text("slug").notNull().unique("products_slug"),
    title: text("title").notNull(),
    kind: text("kind", { enum: productKinds }).notNull(),
    description: text("description").notNull().default(""),
    images: jsonb("images").$type<string[]>().notNull().default([]),
    categoryId: ref("category_id").references(() => categories.id, { onDelete: "set null" }),
    onSale: boolean("on_sale").notNull().default(true),
    version: integer("version").notNull().default(1), // Of two people who edit it, the second is told.
    updatedAt: at("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    check("products_kind", oneOf("kind", productKinds)),
    index("products_newest").on(t.onSale, t.id),
    index("products_by_category").on(t.categoryId, t.onSale, t.id),
  ],
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
    onSale: boolean("on_sale").notNull().default(true), // Off: one that orders name cannot be deleted, only withdrawn.
  },
  (t) => [
    check("variants_price", sql`${t.priceFen} BETWEEN 1 AND 1000000000`),
    check("variants_stock", sql`0 <= ${t.allocated} AND ${t.allocated} <= ${t.onHand}`),
    index("variants_product").on(t.productId, t.position),
  ],
);

export const stockReasons = ["received", "counted", "damaged", "returned", "other"] as const;
export type StockReason = (typeof stockReasons)[number];

/** Each change of a stock by hand, with its reason. What orders take and give back stands with the orders. */
export const stockMoves = pgTable(
  "stock_moves",
  {
    id: id(),
    variantId: ref("variant_id")
      .notNull()
      .references(() => variants.id),
    staffId: ref("staff_id").references(() => staff.id), // Null for the command line.
    delta: integer("delta").notNull(),
    onHand: integer("on_hand").notNull(), // What there was afterwards.
    reason: text("reason", { enum: stockReasons }).notNull(),
    note: text("note"),
    at: at("at").notNull(),
  },
  (t) => [
    check("stock_moves_reason", oneOf("reason", stockReasons)),
    check("stock_moves_delta", sql`${t.delta} <> 0 AND ${t.onHand} >= 0`),
    index("stock_moves_variant").on(t.variantId, t.id),
  ],
);
