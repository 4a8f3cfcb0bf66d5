import type { Shop } from "@/lib/shop";
import { fine, look, type Outcome, unknown } from "./finding";

/**
 * What only WeChat's own consoles know: no call of ours can ask for it. A payment that came through is proof; without one
 * it says what has to stand where.
 */
export async function checkProven(
  shop: Shop,
  of: "h5Domain" | "jsapiDirectory" | "oauthDomain",
): Promise<Outcome> {
  const site = new URL(shop.environment.siteUrl);
  const at =
    of === "oauthDomain"
      ? await lastSignIn(shop)
      : await lastPaid(shop, of === "h5Domain" ? "MWEB" : "JSAPI");
  const wanted = of === "jsapiDirectory" ? `${site.origin}/orders/` : site.host;
  return at ? fine("proven", { at: at.toISOString(), wanted }) : unknown("unproven", { wanted });
}

async function lastPaid({ sql, environment }: Shop, tradeType: "MWEB" | "JSAPI"): Promise<Date | null> {
  const [row] = await sql<{ at: Date }[]>`
    SELECT paid_at AS at FROM (SELECT paid_at, trade_type, appid FROM payments WHERE status = 'paid' ORDER BY id DESC LIMIT 2000) recent
    WHERE trade_type = ${tradeType} AND appid = ${environment.wechat.appId} LIMIT 1`;
  return row ? new Date(row.at) : null;
}

async function lastSignIn({ sql, environment }: Shop): Promise<Date | null> {
  const [row] = await sql<{ at: Date }[]>`
    SELECT created_at AS at FROM member_sessions WHERE appid = ${environment.wechat.appId} ORDER BY created_at DESC LIMIT 1`;
  return row ? new Date(row.at) : null;
}

const oftenMs = 7 * 86_400_000;

/** When WeChat last called with a message that verified. */
export async function checkCalled({ sql, now }: Shop): Promise<Outcome> {
  const [row] = await sql<{ at: Date }[]>`
    SELECT last_received_at AS at FROM notifications WHERE kind = 'payment'
      AND verdict NOT IN ('forged', 'malformed', 'not_ours', 'weaker_signature', 'unverified') ORDER BY id DESC LIMIT 1`;
  if (!row) return unknown("never");
  const at = new Date(row.at);
  const facts = { at: at.toISOString() };
  return now().getTime() - at.getTime() > oftenMs ? look("long_ago", facts) : fine("fine", facts);
}
