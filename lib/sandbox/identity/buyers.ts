import { createHmac } from "node:crypto";
import type { Identity } from "@/lib/sandbox/identity/create-identity";
import { first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/** The people who can be buyers by a click. Any other name works too, for tests that need a crowd. */
export const buyers = [
  { id: "lin", zh: "林小满", en: "Lin Xiaoman" },
  { id: "zhou", zh: "周子墨", en: "Zhou Zimo" },
  { id: "chen", zh: "陈望舒", en: "Chen Wangshu" },
  { id: "gao", zh: "高远", en: "Gao Yuan" },
] as const;

export const firstBuyer = buyers[0].id;
export const buyerId = /^[a-z0-9-]{1,40}$/;

/** The buyer's openid for one account: the same for ever, another for another account. */
export function openidOf(
  sandbox: { ledger: Ledger; identity: Identity },
  input: { buyer: string; appId: string },
): string {
  const openid = `o5sb${derive(sandbox.identity, `${input.appId}/${input.buyer}`)}`; // 28 characters, as WeChat's.
  run(
    sandbox.ledger,
    "INSERT INTO openids (openid, app_id, buyer) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    openid,
    input.appId,
    input.buyer,
  );
  return openid;
}

/** One person over both accounts of the merchant's, as an open-platform account gives it. */
export function unionidOf(identity: Identity, buyer: string): string {
  return `o6sb${derive(identity, `unionid/${buyer}`)}`;
}

/** Whether WeChat ever gave out this openid for this account. */
export function isOpenidOf(ledger: Ledger, input: { openid: string; appId: string }): boolean {
  const sql = "SELECT 1 AS known FROM openids WHERE openid = ? AND app_id = ?";
  return first(ledger, sql, input.openid, input.appId) !== undefined;
}

/** Whose openid it is, or undefined for one that was never given out. */
export function buyerOf(ledger: Ledger, openid: string): string | undefined {
  return first<{ buyer: string }>(ledger, "SELECT buyer FROM openids WHERE openid = ?", openid)?.buyer;
}

function derive(identity: Identity, text: string): string {
  return createHmac("sha256", identity.openidSeed).update(text).digest("base64url").slice(0, 24);
}
