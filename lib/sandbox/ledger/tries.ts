import { all, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/** One attempt to deliver a notification, and what came back. */
export type Try = {
  at: number;
  tookMs: number;
  outcome: "accepted" | "refused" | "timeout" | "unreachable" | "dropped";
  httpStatus: number | null;
  answer: string | null;
};

const keptPerNotification = 200; // Sixteen tries and up to a hundred copies.
const keptAnswerLength = 500;

export function recordTry(ledger: Ledger, notificationId: number, attempt: Try): void {
  run(
    ledger,
    "INSERT INTO tries (notification_id, at, took_ms, outcome, http_status, answer) VALUES (?, ?, ?, ?, ?, ?)",
    notificationId,
    attempt.at,
    Math.round(attempt.tookMs),
    attempt.outcome,
    attempt.httpStatus,
    attempt.answer?.slice(0, keptAnswerLength) ?? null,
  );
  run(
    ledger,
    `DELETE FROM tries WHERE notification_id = ?1 AND id NOT IN
       (SELECT id FROM tries WHERE notification_id = ?1 ORDER BY id DESC LIMIT ?2)`,
    notificationId,
    keptPerNotification,
  );
}

export function triesOf(ledger: Ledger, notificationId: number): Try[] {
  return all<Try>(
    ledger,
    `SELECT at, took_ms AS tookMs, outcome, http_status AS httpStatus, answer FROM tries
     WHERE notification_id = ? ORDER BY id`,
    notificationId,
  );
}
