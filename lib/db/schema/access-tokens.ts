import { check, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, oneOf } from "./columns";

/** What WeChat lends an appid for two hours: the token of all its calls, and the ticket that pages are signed with. */
export const lentPurposes = ["access_token", "jsapi_ticket"] as const;
export type LentPurpose = (typeof lentPurposes)[number];

/** Sealed; `refreshing_until` is the one refresher's lease, and until `resting_until` WeChat is not asked again. */
export const accessTokens = pgTable(
  "access_tokens",
  {
    appid: text("appid").notNull(),
    purpose: text("purpose", { enum: lentPurposes }).notNull().default("access_token"),
    sealedToken: text("sealed_token"),
    expiresAt: at("expires_at"),
    refreshingUntil: at("refreshing_until"),
    restingUntil: at("resting_until"),
  },
  (t) => [
    primaryKey({ columns: [t.appid, t.purpose] }),
    check("access_tokens_purpose", oneOf("purpose", lentPurposes)),
  ],
);
