import { z } from "zod";
import { first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";
import { largestFen } from "@/lib/wechat/fen";

/**
 * The merchant's two balances that refunds are paid from. They hold what they are told to hold: payments do
 * not fill them, so that a purse which was emptied stays empty until somebody tops it up.
 */
export type Purse = "unsettled" | "recharge";
export type Purses = Record<Purse, number>;

const openingFen = 1_000_000_000; // Ten million yuan: nobody who wants no NOTENOUGH ever sees one.

/** refund_account, and the purse it stands for. */
export const purseOfAccount: Record<string, Purse> = {
  REFUND_SOURCE_UNSETTLED_FUNDS: "unsettled",
  REFUND_SOURCE_RECHARGE_FUNDS: "recharge",
};

export function readPurses(ledger: Ledger): Purses {
  return { unsettled: balanceOf(ledger, "unsettled"), recharge: balanceOf(ledger, "recharge") };
}

export function balanceOf(ledger: Ledger, purse: Purse): number {
  const sql = "SELECT coalesce(sum(fen), 0) AS fen FROM purse_moves WHERE purse = ?";
  return openingFen + (first<{ fen: number }>(ledger, sql, purse)?.fen ?? 0);
}

const change = z
  .int()
  .min(0)
  .max(100 * largestFen)
  .optional();

/** To an amount, or by an amount more; what is not named stays. */
export const PurseChange = z.strictObject({
  unsettledFen: change,
  rechargeFen: change,
  topUpUnsettledFen: change,
  topUpRechargeFen: change,
});
export type PurseChange = z.infer<typeof PurseChange>;

export function changePurses(ledger: Ledger, wanted: PurseChange, now: number): Purses {
  const before = readPurses(ledger);
  const after: Purses = {
    unsettled: (wanted.unsettledFen ?? before.unsettled) + (wanted.topUpUnsettledFen ?? 0),
    recharge: (wanted.rechargeFen ?? before.recharge) + (wanted.topUpRechargeFen ?? 0),
  };
  for (const purse of ["unsettled", "recharge"] as const) {
    const fen = after[purse] - before[purse];
    if (fen !== 0) movePurse(ledger, { purse, fen, why: "set", refundId: null, now });
  }
  return after;
}

/** One entry of the journal. A refund pays out once and comes back once at most: the table sees to it. */
export function movePurse(
  ledger: Ledger,
  input: {
    purse: Purse;
    fen: number;
    why: "refund" | "returned" | "set";
    refundId: string | null;
    now: number;
  },
): void {
  run(
    ledger,
    "INSERT INTO purse_moves (purse, fen, why, refund_id, at) VALUES (?, ?, ?, ?, ?)",
    input.purse,
    input.fen,
    input.why,
    input.refundId,
    input.now,
  );
}

/** How often money left a purse for this refund. */
export function countPaidOut(ledger: Ledger, refundId: string): number {
  const sql = "SELECT count(*) AS times FROM purse_moves WHERE refund_id = ? AND why = 'refund'";
  return first<{ times: number }>(ledger, sql, refundId)?.times ?? 0;
}
