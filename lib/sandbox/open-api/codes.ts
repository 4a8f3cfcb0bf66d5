import { randomBytes } from "node:crypto";
import { first, run } from "@/lib/sandbox/ledger/open-ledger";
import { openError } from "@/lib/sandbox/open-api/open-error";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** A code for one sign-in: of a page through OAuth, of a mini program through wx.login. */
export type CodePurpose = "oauth" | "login";

const codeLifeMs = 5 * 60_000;

export function issueCode(
  sandbox: Sandbox,
  input: { purpose: CodePurpose; appId: string; buyer: string; scope: string },
): string {
  const code = `0${randomBytes(12).toString("hex")}sb`;
  const now = sandbox.clock.now();
  run(
    sandbox.ledger,
    "INSERT INTO codes (code, purpose, app_id, buyer, scope, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    code,
    input.purpose,
    input.appId,
    input.buyer,
    input.scope,
    now,
  );
  run(sandbox.ledger, "DELETE FROM codes WHERE created_at < ?", now - 24 * 60 * 60_000);
  return code;
}

/** Uses a code up: 40029 when there is no such code any more, 40163 when somebody used it before. */
export function redeemCode(
  sandbox: Sandbox,
  input: { code?: string; purpose: CodePurpose; appId: string },
): { buyer: string; scope: string } {
  if (!input.code) throw openError(41008);
  const row = first<{ buyer: string; scope: string; createdAt: number; usedAt: number | null }>(
    sandbox.ledger,
    `SELECT buyer, scope, created_at AS createdAt, used_at AS usedAt FROM codes
     WHERE code = ? AND purpose = ? AND app_id = ?`,
    input.code,
    input.purpose,
    input.appId,
  );
  const now = sandbox.clock.now();
  if (!row || row.createdAt + codeLifeMs <= now) throw openError(40029);
  if (row.usedAt !== null) throw openError(40163);
  run(sandbox.ledger, "UPDATE codes SET used_at = ? WHERE code = ?", now, input.code);
  return row;
}
