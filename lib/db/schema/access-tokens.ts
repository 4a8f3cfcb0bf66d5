import { pgTable, text } from "drizzle-orm/pg-core";
import { at } from "./columns";

/** WeChat's global tokens, sealed; `refreshing_until` is the one refresher's lease. */
export const accessTokens = pgTable("access_tokens", {
  appid: text("appid").primaryKey(),
  sealedToken: text("sealed_token"),
  expiresAt: at("expires_at"),
  refreshingUntil: at("refreshing_until"),
});
