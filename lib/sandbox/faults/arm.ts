import type { FaultKind, FaultOptions, FaultyCall, NewFault } from "@/lib/sandbox/faults/fault";
import { all, first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

export type ArmedFault = {
  id: number;
  call: FaultyCall;
  kind: FaultKind;
  outTradeNo: string | null;
  options: FaultOptions;
  remaining: number;
};

const mostArmed = 1_000;

export function armFault(ledger: Ledger, fault: NewFault, now: number): number {
  const row = first<{ id: number }>(
    ledger,
    "INSERT INTO faults (call, kind, out_trade_no, options, remaining, armed_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    fault.call,
    fault.kind,
    fault.outTradeNo ?? null,
    JSON.stringify(fault.options),
    fault.times,
    now,
  );
  if (!row) throw new Error("SQLite did not answer the new fault's id");
  run(ledger, "DELETE FROM faults WHERE id <= ?", row.id - mostArmed);
  return row.id;
}

/** The fault that strikes this call, used up by it. One for the number comes before one for anybody. */
export function takeFault(
  ledger: Ledger,
  input: { call: FaultyCall; outTradeNo: string | null; outRefundNo?: string | null },
): ArmedFault | null {
  const row = first<StoredFault>(
    ledger,
    `${select} WHERE call = ?1 AND (out_trade_no IS NULL OR out_trade_no IN (?2, ?3))
     ORDER BY out_trade_no IS NULL, id LIMIT 1`,
    input.call,
    input.outTradeNo,
    input.outRefundNo ?? null,
  );
  if (!row) return null;
  run(ledger, "UPDATE faults SET remaining = remaining - 1 WHERE id = ?", row.id);
  run(ledger, "DELETE FROM faults WHERE remaining <= 0");
  return read(row);
}

export function listFaults(ledger: Ledger): ArmedFault[] {
  return all<StoredFault>(ledger, `${select} ORDER BY id`).map(read);
}

/** Takes one off, or all of them. Answers how many. */
export function disarmFaults(ledger: Ledger, id?: number): number {
  return id === undefined
    ? run(ledger, "DELETE FROM faults")
    : run(ledger, "DELETE FROM faults WHERE id = ?", id);
}

type StoredFault = Omit<ArmedFault, "options"> & { options: string };

function read(row: StoredFault): ArmedFault {
  return { ...row, options: JSON.parse(row.options) as FaultOptions };
}

const select = "SELECT id, call, kind, out_trade_no AS outTradeNo, options, remaining FROM faults";
