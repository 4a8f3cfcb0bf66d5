import { statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { connect } from "@/lib/db/connect";
import { migrateDatabase } from "@/lib/db/migrate";
import { listOrders } from "@/lib/orders/list-orders";
import { type Desk, readPage, startDesk } from "./desk";
import { type Asked, namedViews, pathOf, type View } from "./order-views";
import { measureScripts } from "./page-scripts";
import { prepareOrderList } from "./prepare-order-list";
import { summarize } from "./summary";

export type OrderListPlan = {
  /** So many orders, a shop each; the bars hold for the last, and compare it with the first. */
  sizes: number[];
  /** Of each view at each size. */
  calls: number;
  pageCalls: number;
};
export const wholeOrderListPlan: OrderListPlan = {
  sizes: [10_000, 1_000_000, 5_000_000],
  calls: 300,
  pageCalls: 60,
};

type Times = { p50Ms: number; p95Ms: number };
export type OrderListFigures = {
  plan: OrderListPlan;
  /** At each size, in the plan's order. */
  shops: { orders: number; diskMb: number; seededS: number }[];
  views: { what: string; verb: Times[]; page: Times[] }[];
  scripts: { pageKb: number; bareKb: number };
};

const bytesAnOrder = 3_000; // Indexes, and the log that is written with them.

/** What the order list costs with so many orders: its verb on one connection, and the whole page, signed in. */
export async function measureOrderList(of: {
  newDatabase: () => Promise<string>;
  plan: OrderListPlan;
  say: (line: string) => void;
}): Promise<OrderListFigures> {
  const { plan, say } = of;
  sayDisk(plan, say);
  const shops: OrderListFigures["shops"] = [];
  const desks: Desk[] = [];
  try {
    for (const orders of plan.sizes) {
      const url = await of.newDatabase();
      shops.push(await seed(url, orders));
      say(`${orders} orders in ${shops.at(-1)?.seededS.toFixed(0)} s, ${shops.at(-1)?.diskMb.toFixed(0)} MB`);
      desks.push(await startDesk(url, { name: "orders", poolSize: 1 }));
    }
    const views = await Promise.all(
      desks.map((desk, index) => namedViews(desk.shop, plan.sizes[index] ?? 0)),
    );
    const figures: OrderListFigures["views"] = [];
    for (const [index, { what }] of (views[0] ?? []).entries()) {
      const ofSizes = views.map((all) => all[index] as View);
      const verb = await timed(plan.calls, ofSizes, (asked, size) => list(desks[size] as Desk, asked));
      const page = await timed(plan.pageCalls, ofSizes, (asked, size) =>
        readPage(desks[size] as Desk, pathOf(asked)),
      );
      figures.push({ what, verb, page });
      const told = (times: Times[]) => times.map(({ p50Ms }) => p50Ms.toFixed(1)).join(", ");
      say(`${what}: ${told(verb)} ms; page ${told(page)} ms`);
    }
    const scripts = await measureScripts(desks[0] as Desk, "/dashboard/orders");
    return { plan, shops, views: figures, scripts };
  } finally {
    for (const desk of desks) await desk.stop();
  }
}

function sayDisk({ sizes }: OrderListPlan, say: (line: string) => void): void {
  const needed = sizes.reduce((sum, orders) => sum + orders * bytesAnOrder, 0);
  const { bavail, bsize } = statfsSync(tmpdir());
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  say(`Preparing ${sizes.join(", ")} orders: ${gigabytes(needed)} GB of the disk, until the bench ends…`);
  if (bavail * bsize < needed)
    throw new Error(
      `The order list needs ${gigabytes(needed)} GB in ${tmpdir()}, and ${gigabytes(bavail * bsize)} GB are free. Free some, or set TMPDIR to another disk.`,
    );
}

async function seed(databaseUrl: string, orders: number): Promise<OrderListFigures["shops"][number]> {
  await migrateDatabase(databaseUrl);
  const { sql, close } = connect(databaseUrl, { max: 1, name: "bench-seed" });
  const began = performance.now();
  await prepareOrderList(sql, { orders });
  const seededS = (performance.now() - began) / 1000;
  const [row] = await sql<{ mb: number }[]>`SELECT pg_database_size(current_database()) / 1e6::float8 AS mb`;
  await close();
  return { orders, seededS, diskMb: row?.mb ?? 0 };
}

/** A view that shows nothing would be quick, and would say nothing. */
async function list({ shop }: Desk, { filter, before }: Asked): Promise<void> {
  const { orders } = await listOrders(shop, filter, { before });
  if (orders.length === 0) throw new Error(`the list is empty: ${JSON.stringify(filter)}`);
}

/** The sizes take turns call by call, so that a slow moment of the machine hits them all. */
async function timed(
  calls: number,
  ofSizes: View[],
  call: (asked: Asked, size: number) => Promise<unknown>,
): Promise<Times[]> {
  const latenciesMs = ofSizes.map(() => new Float64Array(calls));
  for (const [size, { asked }] of ofSizes.entries())
    for (const one of asked.slice(0, Math.max(3, calls / 2))) await call(one, size); // In memory, and compiled.
  for (let n = 0; n < calls; n++)
    for (const [size, { asked }] of ofSizes.entries()) {
      const one = asked[(n * 31) % asked.length] as Asked; // In another order than they were read before.
      const sent = performance.now();
      await call(one, size);
      (latenciesMs[size] as Float64Array)[n] = performance.now() - sent;
    }
  return latenciesMs.map((times) => summarize(times, { seconds: 1, failed: 0 }));
}
