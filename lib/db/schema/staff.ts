import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, oneOf } from "./columns";

export const staffRoles = ["owner", "finance", "fulfilment", "support"] as const;
export type StaffRole = (typeof staffRoles)[number];

export const staff = pgTable(
  "staff",
  {
    id: id(),
    email: text("email").notNull().unique("staff_email"),
    name: text("name").notNull(),
    role: text("role", { enum: staffRoles }).notNull(),
    passwordHash: text("password_hash"),
    sessionVersion: integer("session_version").notNull().default(1),
    failedSignIns: integer("failed_sign_ins").notNull().default(0),
    lockedUntil: at("locked_until"),
    inviteHash: text("invite_hash").unique("staff_invite_hash"),
    inviteExpiresAt: at("invite_expires_at"),
    disabledAt: at("disabled_at"),
    createdAt: createdAt(),
  },
  (t) => [
    check("staff_role", oneOf("role", staffRoles)),
    check("staff_email_lower", sql`${t.email} = lower(${t.email})`),
  ],
);
