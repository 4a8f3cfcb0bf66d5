import { setTimeout as sleep } from "node:timers/promises";
import type { LentPurpose } from "@/lib/db/schema/access-tokens";
import { seal, unseal } from "@/lib/db/seal";
import type { Shop } from "@/lib/shop";
import { unknownResult } from "@/lib/wechat/errors";

/** What WeChat lends: the text, and for how long. */
export type Lent = { text: string; expiresInSeconds: number };

type Loan = {
  appId: string;
  purpose: LentPurpose;
  /** Asks WeChat. Throws `WechatError` when it gives nothing. */
  ask: () => Promise<Lent>;
  /** Has just been refused by WeChat: it counts as gone. */
  not?: string;
  /** How long a caller waits for what another one is fetching. */
  patienceMs: number;
  /** After WeChat gave nothing it is not asked again for so long, whoever calls. */
  restMs: number;
};

/** Longer than the call may take: a refresher that was killed blocks the others no longer than this. */
export const leaseMs = 20_000;
/** WeChat keeps old and new valid side by side in the last five minutes. */
const renewBeforeMs = 5 * 60_000;
const waitMs = 200;

/**
 * What WeChat has lent one of our appids. One process at a time asks for it, whoever has the row's lease; the others
 * wait for what it brings. Throws what `ask` throws, and `WechatError` when nothing came in time.
 */
export async function borrow(shop: Shop, loan: Loan): Promise<string> {
  for (let waitedMs = 0; waitedMs < loan.patienceMs; waitedMs += waitMs) {
    const known = await readLent(shop, loan);
    if (known && known !== loan.not) return known;
    const turn = await takeLease(shop, loan);
    if (turn === "taken") return refresh(shop, loan);
    if (turn === "resting") throw unknownResult("RESTING", `no ${loan.purpose} came a moment ago`);
    await sleep(waitMs);
  }
  throw unknownResult("TIMEOUT", `another process did not bring the ${loan.purpose} in time`);
}

async function readLent(shop: Shop, { appId, purpose }: Loan): Promise<string | null> {
  const usableAt = new Date(shop.now().getTime() + renewBeforeMs).toISOString();
  const [row] = await shop.sql<{ text: string }[]>`
    SELECT sealed_token AS text FROM access_tokens WHERE appid = ${appId} AND purpose = ${purpose}
      AND sealed_token IS NOT NULL AND expires_at > ${usableAt}`;
  return row ? unseal(row.text, shop.environment.dataKey) : null;
}

async function takeLease(shop: Shop, { appId, purpose }: Loan): Promise<"taken" | "busy" | "resting"> {
  const now = shop.now();
  const until = new Date(now.getTime() + leaseMs).toISOString();
  const rows = await shop.sql`
    INSERT INTO access_tokens AS t (appid, purpose, refreshing_until) VALUES (${appId}, ${purpose}, ${until})
    ON CONFLICT (appid, purpose) DO UPDATE SET refreshing_until = excluded.refreshing_until
      WHERE coalesce(greatest(t.refreshing_until, t.resting_until), '-infinity') < ${now.toISOString()}
    RETURNING appid`;
  if (rows.length === 1) return "taken";
  const resting = await shop.sql`
    SELECT 1 FROM access_tokens WHERE appid = ${appId} AND purpose = ${purpose} AND resting_until >= ${now.toISOString()}`;
  return resting.length > 0 ? "resting" : "busy";
}

async function refresh(shop: Shop, loan: Loan): Promise<string> {
  const askedAt = shop.now().getTime();
  let restingUntil: string | null = null;
  try {
    // A leaseholder may find what its predecessor has just stored.
    const stored = await readLent(shop, loan);
    if (stored && stored !== loan.not) return stored;
    if (loan.restMs > 0) restingUntil = new Date(askedAt + loan.restMs).toISOString();
    const { text, expiresInSeconds } = await loan.ask();
    restingUntil = null;
    const expiresAt = new Date(askedAt + expiresInSeconds * 1000).toISOString();
    await shop.sql`UPDATE access_tokens SET sealed_token = ${seal(text, shop.environment.dataKey)},
      expires_at = ${expiresAt} WHERE appid = ${loan.appId} AND purpose = ${loan.purpose}`;
    return text;
  } finally {
    await shop.sql`UPDATE access_tokens SET refreshing_until = NULL, resting_until = ${restingUntil}
      WHERE appid = ${loan.appId} AND purpose = ${loan.purpose}`;
  }
}
