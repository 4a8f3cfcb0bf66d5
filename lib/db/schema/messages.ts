import { sql } from "drizzle-orm";
import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { at, createdAt, id } from "./columns";

/** What the shop tells its people outside the desk, each once. */
export const messages = pgTable(
  "messages",
  {
    id: id(),
    dedupeKey: text("dedupe_key").notNull().unique("messages_dedupe_key"),
    text: text("text").notNull(),
    createdAt: createdAt(),
    sentAt: at("sent_at"),
    attempts: integer("attempts").notNull().default(0),
    errorText: text("error_text"),
    givenUpAt: at("given_up_at"), // Nobody could be told, or nobody wants to be.
  },
  (t) => [
    index("messages_age").on(t.createdAt),
    index("messages_waiting").on(t.id).where(sql`${t.sentAt} IS NULL AND ${t.givenUpAt} IS NULL`),
  ],
);
