import { randomBytes } from "node:crypto";
import { all, run } from "@/lib/sandbox/ledger/open-ledger";
import type { Sandbox } from "@/lib/sandbox/sandbox";

export const ticketLifeMs = 7200_000;

export function issueTicket(sandbox: Sandbox, appId: string): string {
  const now = sandbox.clock.now();
  const ticket = `sandbox_ticket_${randomBytes(48).toString("base64url")}`;
  run(
    sandbox.ledger,
    "INSERT INTO tickets (ticket, app_id, issued_at, expires_at) VALUES (?, ?, ?, ?)",
    ticket,
    appId,
    now,
    now + ticketLifeMs,
  );
  run(sandbox.ledger, "DELETE FROM tickets WHERE expires_at < ?", now - 24 * 60 * 60_000);
  return ticket;
}

export function latestTicket(sandbox: Sandbox, appId: string): string | undefined {
  return liveTickets(sandbox, appId)[0];
}

/** All that pages may be signed with now, the newest first. */
export function liveTickets(sandbox: Sandbox, appId: string): string[] {
  const sql = "SELECT ticket FROM tickets WHERE app_id = ? AND expires_at > ? ORDER BY rowid DESC";
  return all<{ ticket: string }>(sandbox.ledger, sql, appId, sandbox.clock.now()).map((one) => one.ticket);
}

/** Every live ticket of the account runs out now. Answers how many. */
export function expireTickets(sandbox: Sandbox, appId: string): number {
  const now = sandbox.clock.now();
  const sql = "UPDATE tickets SET expires_at = ? WHERE app_id = ? AND expires_at > ?";
  return run(sandbox.ledger, sql, now, appId, now);
}
