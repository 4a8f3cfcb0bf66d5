import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, ref } from "./columns";
import { staff } from "./staff";

export const members = pgTable(
  "members",
  {
    id: id(),
    createdAt: createdAt(),
    /** Set while the shop sells this member nothing; what was bought before goes on as agreed. */
    blockedAt: at("blocked_at"),
    blockedReason: text("blocked_reason"),
    blockedBy: ref("blocked_by").references(() => staff.id),
    erasedAt: at("erased_at"), // Personal data is gone from every row; orders and money stay.
  },
  (t) => [
    check("members_blocked_reason", sql`(${t.blockedAt} IS NULL) = (${t.blockedReason} IS NULL)`),
    check("members_erased_not_blocked", sql`${t.erasedAt} IS NULL OR ${t.blockedAt} IS NULL`),
    index("members_blocked").on(t.id).where(sql`${t.blockedAt} IS NOT NULL`),
    index("members_erased").on(t.id).where(sql`${t.erasedAt} IS NOT NULL`),
  ],
);

export const memberTags = pgTable(
  "member_tags",
  {
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    tag: text("tag").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.tag] }),
    check("member_tags_tag", sql`length(${t.tag}) BETWEEN 1 AND 20`),
    index("member_tags_tag_members").on(t.tag, t.memberId),
  ],
);

/** One row an openid: a person has one at the official account and another at the mini program. */
export const memberIdentities = pgTable(
  "member_identities",
  {
    appid: text("appid").notNull(),
    openid: text("openid").notNull(),
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    unionid: text("unionid"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.appid, t.openid] }),
    index("member_identities_member").on(t.memberId),
    index("member_identities_openid").on(t.openid), // Whoever searches for one knows no appid.
  ],
);

/** Guest cookies, sign-ins inside WeChat and mini-program tokens; only the hash of the token is kept. */
export const memberSessions = pgTable(
  "member_sessions",
  {
    tokenHash: text("token_hash").primaryKey(),
    memberId: ref("member_id")
      .notNull()
      .references(() => members.id),
    appid: text("appid"),
    openid: text("openid"),
    createdAt: createdAt(),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [index("member_sessions_member").on(t.memberId)],
);
