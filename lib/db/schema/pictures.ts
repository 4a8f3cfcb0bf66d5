import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { products } from "./catalog";
import { bytes, createdAt, ref } from "./columns";
import { members } from "./members";

/** Pictures, re-encoded by us. The name is made of the content, so a copy is the same row and never changes. */
export const pictures = pgTable(
  "pictures",
  {
    name: text("name").primaryKey(),
    contentType: text("content_type").notNull(),
    bytes: bytes("bytes").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check("pictures_size", sql`length(${t.bytes}) BETWEEN 1 AND 5242880`),
    index("pictures_age").on(t.createdAt),
  ],
);

/** What a member has uploaded and may attach to a request. */
export const uploads = pgTable(
  "uploads",
  {
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    pictureName: text("picture_name")
      .notNull()
      .references(() => pictures.name),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.pictureName] }), index("uploads_age").on(t.createdAt)],
);

/**
 * The uploaded pictures that a product shows, in each size: these alone are public. `products.images` says in which
 * order, among others.
 */
export const productPictures = pgTable(
  "product_pictures",
  {
    productId: ref("product_id")
      .notNull()
      .references(() => products.id),
    pictureName: text("picture_name")
      .notNull()
      .references(() => pictures.name),
    hasLed: boolean("has_led").notNull().default(false), // Lines of orders may show it: it outlives its place.
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.pictureName] }),
    index("product_pictures_name").on(t.pictureName),
  ],
);
