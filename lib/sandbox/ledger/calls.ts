import { all, first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/** What the shop asked of WeChat and what it was told. */
export type Call = {
  at: number;
  call: string;
  outTradeNo: string | null;
  /** Of refund and refundquery, where the shop named one. */
  outRefundNo: string | null;
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
    "INSERT INTO calls (at, call, out_trade_no, out_refund_no, outcome, fault, took_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
    call.at,
    call.call,
    call.outTradeNo,
    call.outRefundNo,
    call.outcome,
    call.fault,
    Math.round(call.tookMs),
  );
  if (Math.random() * pruneEvery < 1) {
    run(ledger, "DELETE FROM calls WHERE id <= (SELECT max(id) FROM calls) - ?", kept);
  }
}

/** Newest first. */
export function listCalls(
  ledger: Ledger,
  input: { outTradeNo?: string; outRefundNo?: string; call?: string; limit: number },
) {
  return all<Call>(
    ledger,
    `SELECT at, call, out_trade_no AS outTradeNo, out_refund_no AS outRefundNo, outcome, fault, took_ms AS tookMs FROM calls
     WHERE (?1 IS NULL OR out_trade_no = ?1) AND (?2 IS NULL OR call = ?2)
       AND (?3 IS NULL OR out_refund_no = ?3) ORDER BY id DESC LIMIT ?4`,
    input.outTradeNo ?? null,
    input.call ?? null,
    input.outRefundNo ?? null,
    input.limit,
  );
}

/** How often the shop called refund with this number, whatever it was told. Of the calls that are still kept. */
export function countRefundCalls(ledger: Ledger, outRefundNo: string): number {
  const sql = "SELECT count(*) AS calls FROM calls WHERE call = 'refund' AND out_refund_no = ?";
  return first<{ calls: number }>(ledger, sql, outRefundNo)?.calls ?? 0;
}
