import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";
import { findTransaction } from "@/lib/sandbox/ledger/transactions";

/** The out_trade_no that a call's fields name, by either number, whatever they are called. */
export function numberNamed(ledger: Ledger, given: unknown): string | null {
  if (typeof given !== "object" || given === null) return null;
  const fields: Record<string, unknown> = { ...given };
  const known = findTransaction(ledger, textOf(fields.transaction_id ?? fields.transid));
  const own = textOf(fields.out_trade_no ?? fields.merchant_trade_no);
  return known?.outTradeNo ?? (own.slice(0, 64) || null);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
