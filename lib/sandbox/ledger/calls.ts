import { all, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/** What the shop asked of WeChat and what it was told. */
export type Call = {
  at: number;
  call: string;
  outTradeNo: string | null;
  /** `OK` or the error's code. */
  outcome: string;
  fault: string | null;
  tookMs: number;
};

const kept = 20_000; // Enough for a test of a thousand orders; a few megabytes.
const pruneEvery = 500;

export function recordCall(ledger: Ledger, call: Call): void {
  run(
    ledger,
    "INSERT INTO calls (at, call, out_trade_no, outcome, fault, took_ms) VALUES (?, ?, ?, ?, ?, ?)",
    call.at,
    call.call,
    call.outTradeNo,
    call.outcome,
    call.fault,
    Math.round(call.tookMs),
  );
  if (Math.random() * pruneEvery < 1) {
    run(ledger, "DELETE FROM calls WHERE id <= (SELECT max(id) FROM calls) - ?", kept);
  }
}

/** Newest first. */
export function listCalls(ledger: Ledger, input: { outTradeNo?: string; call?: string; limit: number }) {
  return all<Call>(
    ledger,
    `SELECT at, call, out_trade_no AS outTradeNo, outcome, fault, took_ms AS tookMs FROM calls
     WHERE (?1 IS NULL OR out_trade_no = ?1) AND (?2 IS NULL OR call = ?2) ORDER BY id DESC LIMIT ?3`,
    input.outTradeNo ?? null,
    input.call ?? null,
    input.limit,
  );
}
