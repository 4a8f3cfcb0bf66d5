import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { variants } from "./catalog";
import { at, createdAt, fen, ref } from "./columns";
import { members } from "./members";

/** What a member means to buy. It holds no stock and promises no price: an order does. */
export const cartLines = pgTable(
  "cart_lines",
  {
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    variantId: ref("variant_id")
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    quantity: integer("quantity").notNull(),
    seenFen: fen("seen_fen").notNull(), // The price that the buyer saw last: another one since is told.
    addKey: text("add_key"), // Of the press that added last: pressed again because no answer came, it adds nothing.
    removedAt: at("removed_at"), // Kept for a while, so that it can be put back as it was.
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.variantId] }),
    check("cart_lines_quantity", sql`${t.quantity} BETWEEN 1 AND 9999`),
    index("cart_lines_variant").on(t.variantId),
  ],
);
