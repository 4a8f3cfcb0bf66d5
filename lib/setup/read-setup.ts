import { sql } from "drizzle-orm";
import { setupRuns } from "@/lib/db/schema/setup";
import type { Shop } from "@/lib/shop";
import type { Finding } from "./finding";
import { type Asked, runChecks } from "./run-checks";

const freshMs = 60_000; // An open page reads itself again twice a minute, and WeChat counts calls.

export type SetupRun = { ranAt: Date; findings: Finding[] };

/** What the last run found; a new run when there is none of the last minute. */
export async function readSetup(shop: Shop, asked: Asked): Promise<SetupRun> {
  const [last] = await shop.db.select().from(setupRuns);
  const isFresh = last && shop.now().getTime() - last.ranAt.getTime() < freshMs;
  return isFresh ? last : runSetup(shop, asked);
}

/** Runs all checks now and keeps what they found for whoever looks next. */
export async function runSetup(shop: Shop, asked: Asked): Promise<SetupRun> {
  const findings = await runChecks(shop, asked);
  const run = { ranAt: shop.now(), findings };
  await shop.db
    .insert(setupRuns)
    .values(run)
    .onConflictDoUpdate({
      target: setupRuns.id,
      set: { ranAt: sql`excluded.ran_at`, findings: sql`excluded.findings` },
    });
  return run;
}
