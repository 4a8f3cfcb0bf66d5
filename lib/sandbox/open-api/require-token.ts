import { first } from "@/lib/sandbox/ledger/open-ledger";
import { openError } from "@/lib/sandbox/open-api/open-error";
import type { Sandbox } from "@/lib/sandbox/sandbox";

const shape = /^sandbox_[A-Za-z0-9_-]{128}$/;

/**
 * The appid that an access token stands for. 41001 missing, 40014 no token at all, 40001 one that was never
 * issued or that a newer one has replaced, 42001 one whose time is over.
 */
export function requireToken(sandbox: Sandbox, token: string | undefined): string {
  if (!token) throw openError(41001);
  if (!shape.test(token)) throw openError(40014);
  const row = first<{ appId: string; expiresAt: number; replaced: number }>(
    sandbox.ledger,
    "SELECT app_id AS appId, expires_at AS expiresAt, replaced FROM tokens WHERE token = ?",
    token,
  );
  if (!row) throw openError(40001);
  if (row.expiresAt <= sandbox.clock.now()) throw openError(row.replaced ? 40001 : 42001);
  return row.appId;
}
