import { first, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/** What the sandbox knows about itself: identity, ports, clock, the buyer of the day. */
export type FactName =
  | "identity"
  | "apiPort"
  | "webPort"
  | "clockOffsetMs"
  | "timeFactor"
  | "buyer"
  | "refundSettings"
  | "shippingSettings"
  | "alarmSettings";

export function readFact(ledger: Ledger, name: FactName): string | null {
  return first<{ value: string }>(ledger, "SELECT value FROM facts WHERE name = ?", name)?.value ?? null;
}

export function writeFact(ledger: Ledger, name: FactName, value: string): void {
  run(
    ledger,
    "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    name,
    value,
  );
}
