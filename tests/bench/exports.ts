import { eq } from "drizzle-orm";
import { connect } from "@/lib/db/connect";
import { migrateDatabase } from "@/lib/db/migrate";
import { listExports } from "@/lib/db/schema/exports";
import { parseEnvironment } from "@/lib/environment/environment";
import { type ExportFormat, exportFormats } from "@/lib/exports/table-of";
import { openShop } from "@/lib/shop";
import { addStaff } from "@/lib/staff/add-staff";
import { startScript } from "@/tests/support/child";
import { manyPaidOrders } from "@/tests/support/many-paid-orders";
import { benchVariables } from "./shop";

export type ExportPlan = {
  orders: number;
  /** What the process that writes may hold: it ends when it needs more. */
  heapMb: number;
};
export const wholeExportPlan: ExportPlan = { orders: 100_000, heapMb: 96 };

export type Written = { seconds: number; heapMb: number; residentMb: number };
export type ExportFigures = {
  plan: ExportPlan;
  rows: (Written & { format: ExportFormat; fileMb: number })[];
};

/** Every order of a shop as a file, written by a job in a process of little memory. */
export async function measureExports(of: {
  databaseUrl: string;
  plan: ExportPlan;
  say: (line: string) => void;
}): Promise<ExportFigures> {
  const { plan, say } = of;
  say(`Preparing ${plan.orders} orders to export…`);
  await migrateDatabase(of.databaseUrl);
  await seed(of.databaseUrl, plan.orders);
  // V8 sets aside up to 64 MB for what is young, whatever the limit, and then works at nothing but getting below it.
  const limits = `--max-old-space-size=${plan.heapMb} --max-semi-space-size=8`;
  const env = { ...benchVariables(of.databaseUrl), NODE_OPTIONS: limits };
  const shop = openShop(parseEnvironment({ variables: env, dataDir: "." }), { name: "bench-exports" });
  try {
    const { id: staffId } = await addStaff(shop, { email: "export@bench.example", role: "owner" }, null);
    const rows: ExportFigures["rows"] = [];
    for (const format of exportFormats) {
      const expiresAt = new Date(Date.now() + 60 * 60_000);
      const row = { staffId, list: "orders", query: "", format, locale: "zh-CN", expiresAt };
      const [made] = await shop.db.insert(listExports).values(row).returning();
      const writer = await startScript({
        name: "export-writer",
        script: "tests/bench/export-writer.ts",
        env,
      });
      const written = await writer.ask<Written>(made?.id ?? 0);
      await writer.stop();
      const [file] = await shop.db
        .select()
        .from(listExports)
        .where(eq(listExports.id, made?.id ?? 0));
      if (file?.status !== "done" || file.rowsDone !== plan.orders)
        throw new Error(`an export came to ${file?.status} with ${file?.rowsDone} rows`);
      rows.push({ format, fileMb: (file.sizeBytes ?? 0) / 1_000_000, ...written });
      say(
        `${plan.orders} orders as ${format}: ${written.seconds.toFixed(1)} s, heap ${written.heapMb.toFixed(0)} MB`,
      );
    }
    return { plan, rows };
  } finally {
    await shop.close();
  }
}

async function seed(databaseUrl: string, orders: number): Promise<void> {
  const { sql, close } = connect(databaseUrl, { max: 1, name: "bench-seed" });
  await sql`SET statement_timeout = 0`; // The product's own is for requests.
  await manyPaidOrders(sql, orders);
  await sql`VACUUM (ANALYZE)`;
  await close();
}
