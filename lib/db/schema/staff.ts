import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, oneOf, ref } from "./columns";

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
    /** The second factor's secret, sealed with DATA_KEY; it counts from `totpSince` on, when its first code was right. */
    totpSealed: text("totp_sealed"),
    totpSince: at("totp_since"),
    totpLastStep: bigint("totp_last_step", { mode: "number" }), // The 30 seconds whose code was used last: no code twice.
    lastSignInAt: at("last_sign_in_at"),
    createdAt: createdAt(),
  },
  (t) => [
    check("staff_role", oneOf("role", staffRoles)),
    check("staff_totp", sql`${t.totpSince} IS NULL OR ${t.totpSealed} IS NOT NULL`),
    check("staff_email_lower", sql`${t.email} = lower(${t.email})`),
  ],
);

/** For whoever lost the second factor's device: each opens the door once. Only hashes are kept. */
export const staffRecoveryCodes = pgTable(
  "staff_recovery_codes",
  {
    staffId: ref("staff_id")
      .notNull()
      .references(() => staff.id),
    hash: text("hash").notNull(),
    usedAt: at("used_at"),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.hash] })],
);
