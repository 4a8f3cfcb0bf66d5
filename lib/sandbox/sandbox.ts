import type { LateWatch } from "@/lib/sandbox/alarms/create-late-watch";
import type { Clock } from "@/lib/sandbox/clock";
import type { Certificates } from "@/lib/sandbox/identity/certificates";
import type { Identity } from "@/lib/sandbox/identity/create-identity";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";
import type { Notifier } from "@/lib/sandbox/notify/create-notifier";
import type { Settler } from "@/lib/sandbox/refunds/create-settler";

/** What every part of the sandbox is given. */
export type Sandbox = {
  identity: Identity;
  certificates: Certificates;
  ledger: Ledger;
  clock: Clock;
  notifier: Notifier;
  settler: Settler;
  lateWatch: LateWatch;
  addresses: { apiUrl: string; webUrl: string };
};
