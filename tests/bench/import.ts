import { applyBatch } from "@/lib/batches/apply-batch";
import { draftBatch } from "@/lib/batches/draft-batch";
import { findBatch } from "@/lib/batches/find-batch";
import { undoBatch } from "@/lib/batches/undo-batch";
import { migrateDatabase } from "@/lib/db/migrate";
import { parseEnvironment } from "@/lib/environment/environment";
import { openShop, type Shop } from "@/lib/shop";
import { addStaff } from "@/lib/staff/add-staff";
import { aWorkbook } from "@/tests/support/a-workbook";
import { manyPaidOrders } from "@/tests/support/many-paid-orders";
import { benchVariables } from "./shop";
import { median } from "./summary";

export type ImportPlan = {
  /** Of each file; one in twenty cannot be shipped. */
  rows: number;
  rounds: number;
};
export const wholeImportPlan: ImportPlan = { rows: 1_000, rounds: 3 };

export type ImportFigures = { plan: ImportPlan; rows: { what: string; ms: number }[] };

/** How long a file of parcels takes, in a shop that has orders already: read and judged, shipped, undone. */
export async function measureImport(of: {
  databaseUrl: string;
  plan: ImportPlan;
  say: (line: string) => void;
}): Promise<ImportFigures> {
  const { plan, say } = of;
  await migrateDatabase(of.databaseUrl);
  const shop = openShop(parseEnvironment({ variables: benchVariables(of.databaseUrl), dataDir: "." }), {
    name: "bench-import",
  });
  try {
    const { id: staffId } = await addStaff(shop, { email: "import@bench.example", role: "owner" }, null);
    const rounds: Round[] = [];
    for (let round = 0; round < plan.rounds; round++) rounds.push(await measureOnce(shop, plan, staffId));
    const names = Object.keys(rounds[0] ?? {}) as (keyof Round)[];
    const rows = names.map((what) => ({ what, ms: median(rounds.map((round) => round[what])) }));
    for (const { what, ms } of rows) say(`${what}, ${plan.rows} rows: ${ms.toFixed(0)} ms`);
    return { plan, rows };
  } finally {
    await shop.close();
  }
}

type Round = Record<"dry run of a CSV" | "dry run of an XLSX" | "shipped" | "undone", number>;

async function measureOnce(shop: Shop, plan: ImportPlan, staffId: number): Promise<Round> {
  const bad = Math.ceil(plan.rows / 20);
  const orders = await manyPaidOrders(shop.sql, plan.rows - bad);
  const table = [
    ["订单号", "快递单号"],
    ...orders.map(({ orderNo }, n) => [orderNo, `YT88${String(n).padStart(11, "0")}`]),
    ...Array.from({ length: bad }, (_, n) => [`9${String(n).padStart(19, "0")}`, "YT8800000000000"]),
  ];
  const csv = new TextEncoder().encode(table.map((row) => row.join(",")).join("\n"));
  const xlsx = await aWorkbook(table);
  const by = { staffId, address: "127.0.0.1" };
  const draft = async (bytes: Uint8Array) =>
    (await draftBatch(shop, { bytes, fileName: "", staffId })).batchId;

  let batchId = 0;
  const measured: Round = {
    "dry run of an XLSX": await timed(() => draft(xlsx)),
    "dry run of a CSV": await timed(async () => {
      batchId = await draft(csv);
    }),
    shipped: await timed(() => applyBatch(shop, { batchId, by })),
    undone: await timed(() => undoBatch(shop, { batchId, by })),
  };
  const counts = (await findBatch(shop, batchId))?.counts;
  if (counts?.undone !== orders.length || counts.refused !== bad)
    throw new Error(`a batch came to ${JSON.stringify(counts)}`); // A figure of what failed would be none.
  return measured;
}

async function timed(deed: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await deed();
  return performance.now() - began;
}
