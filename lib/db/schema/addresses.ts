import { sql } from "drizzle-orm";
import { boolean, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, ref } from "./columns";
import { members } from "./members";

/** A member's address book. An order keeps a copy: what is changed here moves no parcel. */
export const addresses = pgTable(
  "addresses",
  {
    id: id(),
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    name: text("name").notNull(),
    phone: text("phone").notNull(),
    province: text("province").notNull(),
    city: text("city").notNull(),
    district: text("district").notNull(), // Empty where a city has none (东莞, 中山 …).
    address: text("address").notNull(),
    isDefault: boolean("is_default").notNull().default(false),
    usedAt: at("used_at"), // By an order, last.
    createdAt: createdAt(),
  },
  (t) => [
    index("addresses_member").on(t.memberId, t.id),
    uniqueIndex("addresses_one_default").on(t.memberId).where(sql`${t.isDefault}`),
  ],
);
