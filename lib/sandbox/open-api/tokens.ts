import { randomBytes } from "node:crypto";
import { first, run } from "@/lib/sandbox/ledger/open-ledger";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** The two token services of one account do not touch each other's tokens. */
export type TokenPurpose = "stable" | "classic";
export type Token = { token: string; issuedAt: number; expiresAt: number };

export const tokenLifeMs = 7200_000;
export const overlapMs = 5 * 60_000; // The old token lives on so long beside the new one.

export function issueToken(
  sandbox: Sandbox,
  input: { appId: string; purpose: TokenPurpose; forced: boolean },
): Token {
  const now = sandbox.clock.now();
  const token = `sandbox_${randomBytes(96).toString("base64url")}`;
  run(
    sandbox.ledger,
    "INSERT INTO tokens (token, app_id, purpose, issued_at, expires_at, forced) VALUES (?, ?, ?, ?, ?, ?)",
    token,
    input.appId,
    input.purpose,
    now,
    now + tokenLifeMs,
    input.forced ? 1 : 0,
  );
  run(sandbox.ledger, "DELETE FROM tokens WHERE issued_at < ?", now - 2 * dayMs);
  return { token, issuedAt: now, expiresAt: now + tokenLifeMs };
}

/** The newest one of the account, expired or not. */
export function latestToken(sandbox: Sandbox, input: { appId: string; purpose: TokenPurpose }) {
  return first<Token>(
    sandbox.ledger,
    `SELECT token, issued_at AS issuedAt, expires_at AS expiresAt FROM tokens
     WHERE app_id = ? AND purpose = ? ORDER BY rowid DESC LIMIT 1`,
    input.appId,
    input.purpose,
  );
}

/** A newer token ends every one of the account at the given time, where it would have lived longer. */
export function endTokens(
  sandbox: Sandbox,
  input: { appId: string; purpose: TokenPurpose; at: number },
): void {
  run(
    sandbox.ledger,
    "UPDATE tokens SET expires_at = ?, replaced = 1 WHERE app_id = ? AND purpose = ? AND expires_at > ?",
    input.at,
    input.appId,
    input.purpose,
    input.at,
  );
}

/** Every live token of the account runs out now, as if its two hours were over. Answers how many. */
export function expireTokens(sandbox: Sandbox, appId: string): number {
  const now = sandbox.clock.now();
  const sql = "UPDATE tokens SET expires_at = ?, replaced = 0 WHERE app_id = ? AND expires_at > ?";
  return run(sandbox.ledger, sql, now, appId, now);
}

/** How many were issued in the last day, and when the last was: for the quotas. */
export function countToday(
  sandbox: Sandbox,
  input: { appId: string; purpose: TokenPurpose; forced: boolean },
): { count: number; lastAt: number } {
  const row = first<{ count: number; lastAt: number | null }>(
    sandbox.ledger,
    `SELECT count(*) AS count, max(issued_at) AS lastAt FROM tokens
     WHERE app_id = ? AND purpose = ? AND forced = ? AND issued_at > ?`,
    input.appId,
    input.purpose,
    input.forced ? 1 : 0,
    sandbox.clock.now() - dayMs,
  );
  return { count: row?.count ?? 0, lastAt: row?.lastAt ?? 0 };
}

const dayMs = 24 * 60 * 60_000;
