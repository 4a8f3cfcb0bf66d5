import { setTimeout as sleep } from "node:timers/promises";
import { seal, unseal } from "@/lib/db/seal";
import type { Shop } from "@/lib/shop";
import { WechatError } from "@/lib/wechat/errors";
import { requestStableToken } from "@/lib/wechat/stable-token";

/** Longer than the call may take: a refresher that was killed blocks the others no longer than this. */
const leaseMs = 20_000;
/** WeChat keeps old and new token valid side by side in a token's last five minutes. */
const renewBeforeMs = 5 * 60_000;
const waitMs = 200;

/**
 * The access token of one of our appids. One process at a time asks WeChat, whoever has the row's lease; the others
 * wait for what it brings. `not` names a token that WeChat has just refused: it counts as gone.
 * Throws `WechatError` when WeChat gives none.
 */
export async function getAccessToken(
  shop: Shop,
  of: { appId: string; appSecret: string; not?: string },
): Promise<string> {
  for (let waitedMs = 0; waitedMs < leaseMs; waitedMs += waitMs) {
    const known = await readToken(shop, of.appId);
    if (known && known !== of.not) return known;
    if (await takeLease(shop, of.appId)) return refresh(shop, of);
    await sleep(waitMs);
  }
  throw new WechatError({
    kind: "unknown_result",
    code: "TIMEOUT",
    text: "another process did not bring a token in time",
    remedy: "try again",
  });
}

async function readToken(shop: Shop, appId: string): Promise<string | null> {
  const usableAt = new Date(shop.now().getTime() + renewBeforeMs).toISOString();
  const [row] = await shop.sql<{ token: string }[]>`
    SELECT sealed_token AS token FROM access_tokens WHERE appid = ${appId} AND sealed_token IS NOT NULL AND expires_at > ${usableAt}`;
  return row ? unseal(row.token, shop.environment.dataKey) : null;
}

async function takeLease(shop: Shop, appId: string): Promise<boolean> {
  const now = shop.now();
  const until = new Date(now.getTime() + leaseMs).toISOString();
  const rows = await shop.sql`
    INSERT INTO access_tokens AS t (appid, refreshing_until) VALUES (${appId}, ${until})
    ON CONFLICT (appid) DO UPDATE SET refreshing_until = excluded.refreshing_until
      WHERE t.refreshing_until IS NULL OR t.refreshing_until < ${now.toISOString()}
    RETURNING appid`;
  return rows.length === 1;
}

async function refresh(shop: Shop, of: { appId: string; appSecret: string; not?: string }): Promise<string> {
  const askedAt = shop.now().getTime();
  try {
    // A leaseholder may find the token that its predecessor has just stored.
    const stored = await readToken(shop, of.appId);
    if (stored && stored !== of.not) return stored;
    const { accessToken, expiresInSeconds } = await requestStableToken(shop.platform, of);
    const expiresAt = new Date(askedAt + expiresInSeconds * 1000).toISOString();
    await shop.sql`UPDATE access_tokens SET sealed_token = ${seal(accessToken, shop.environment.dataKey)},
      expires_at = ${expiresAt} WHERE appid = ${of.appId}`;
    return accessToken;
  } finally {
    await shop.sql`UPDATE access_tokens SET refreshing_until = NULL WHERE appid = ${of.appId}`;
  }
}
