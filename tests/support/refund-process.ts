import type { RunningShop } from "./a-running-shop";
import { startScript } from "./child";
import type { RefundCall } from "./refund-verbs";

export type RefundProcess = {
  /** Where the refund is now, "done", or the refusal: "409 refund_decided". One call at a time. */
  call: (call: RefundCall) => Promise<string>;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
};

/** A process that calls the verbs of refunds on the running shop's database; `name` is how the database sees it. */
export async function startRefundProcess(
  { database, sandbox, environment }: RunningShop,
  { name, databaseUrl = database.url }: { name: string; databaseUrl?: string },
): Promise<RefundProcess> {
  const url = new URL(databaseUrl);
  url.searchParams.set("application_name", name);
  const { ask, stop, kill } = await startScript({
    name,
    script: "tests/support/refund-verbs.ts",
    env: { DATA_DIR: sandbox.dataDir, DATABASE_URL: url.href, SITE_URL: environment.siteUrl },
  });
  return { call: (call) => ask<string>(call), stop, kill };
}
