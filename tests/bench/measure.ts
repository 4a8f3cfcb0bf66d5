import { loadavg } from "node:os";
import { connect } from "@/lib/db/connect";
import { migrateDatabase } from "@/lib/db/migrate";
import type { Signer } from "./message";
import { prepareOrders } from "./prepare-orders";
import { cpuSeconds, residentMb, runLoad, type Server, startServer } from "./processes";
import { benchVariables, benchWechat } from "./shop";
import { type Measured, median } from "./summary";

export type Plan = {
  connections: number[];
  /** Every server gets so many slices of so many notifications, in turn, so that a slow moment hits them all. */
  slices: number;
  perSlice: number;
  warmUp: number;
  /** So many more through the callback function alone, to watch its memory. */
  memory: number;
};

export const wholePlan: Plan = {
  connections: [16, 64],
  slices: 3,
  perSlice: 7_000,
  warmUp: 2_000,
  memory: 100_000,
};

const servers = {
  bare: "tests/bench/bare-server.ts",
  callback: "tests/bench/callback-server.ts",
  next: "scripts/serve.ts",
} as const;
export type ServerName = keyof typeof servers;
const serverNames = Object.keys(servers) as ServerName[];

export type Row = {
  what: ServerName | "statement";
  connections: number;
  perSecond: number;
  /** Against the bare server's slice just before, so that both had the same machine; null where there is none. */
  ofBare: number | null;
  p50Ms: number;
  p99Ms: number;
  cpuMs: number | null;
};
export type Figures = {
  loadBefore: number;
  plan: Plan;
  orders: number;
  database: string;
  rows: Row[];
  memoryMb: { after: number; mb: number }[];
};

export async function measureAll(of: {
  databaseUrl: string;
  plan: Plan;
  say: (line: string) => void;
}): Promise<Figures> {
  const { plan, say } = of;
  const env = benchVariables(of.databaseUrl);
  const signer: Signer = benchWechat(env);
  const orders = ordersNeeded(plan);
  const [loadBefore = 0] = loadavg();
  say(`Preparing ${orders} orders…`);
  const database = await prepare(of.databaseUrl, { count: orders, ...signer });

  let from = 0;
  const take = (count: number) => {
    from += count;
    return from - count;
  };
  const up = Object.fromEntries(
    await Promise.all(serverNames.map(async (name) => [name, await startServer(name, servers[name], env)])),
  ) as Record<ServerName, Server>;
  const through = async (name: ServerName, connections: number, count: number): Promise<Slice> => {
    const { port, pid } = up[name];
    const cpu = cpuSeconds(pid);
    const load = { port, connections, from: take(count), count, signer };
    const measured = succeeded(name, await runLoad("tests/bench/load.ts", load));
    const used = cpuSeconds(pid);
    return { ...measured, cpuMs: cpu === null || used === null ? null : ((used - cpu) * 1000) / count };
  };
  try {
    for (const name of serverNames) await through(name, 16, plan.warmUp);
    const rows = await measureServers({ plan, through, say });
    rows.unshift(await measureStatement({ plan, take, signer, env, say }));
    const memoryMb = await measureMemory({ plan, through, pid: up.callback.pid, say });
    return { loadBefore, plan, orders, database, rows, memoryMb };
  } finally {
    await Promise.all(Object.values(up).map((server) => server.stop()));
  }
}

type Slice = Measured & { cpuMs: number | null };
type Through = (name: ServerName, connections: number, count: number) => Promise<Slice>;
type Say = (line: string) => void;

function ordersNeeded(plan: Plan): number {
  const slices = serverNames.length * plan.connections.length + 1; // One more for the statement alone.
  return slices * plan.slices * plan.perSlice + serverNames.length * plan.warmUp + plan.memory;
}

/** Answers the database's version. */
async function prepare(databaseUrl: string, of: { count: number } & Signer): Promise<string> {
  await migrateDatabase(databaseUrl);
  const { sql, close } = connect(databaseUrl, { max: 1, name: "bench-prepare" });
  await prepareOrders(sql, of);
  const [row] = await sql<{ version: string }[]>`SELECT current_setting('server_version') AS version`;
  await close();
  return row?.version ?? "";
}

async function measureServers(of: { plan: Plan; through: Through; say: Say }): Promise<Row[]> {
  const rows: Row[] = [];
  for (const connections of of.plan.connections) {
    const slices: Record<ServerName, Slice[]> = { bare: [], callback: [], next: [] };
    for (let round = 0; round < of.plan.slices; round++) {
      for (const name of serverNames) {
        const slice = await of.through(name, connections, of.plan.perSlice);
        slices[name].push(slice);
        of.say(
          `${name} at ${connections}: ${slice.perSecond.toFixed(0)}/s, p99 ${slice.p99Ms.toFixed(1)} ms`,
        );
      }
    }
    for (const name of serverNames) rows.push(rowOf(name, connections, slices[name], slices.bare));
  }
  return rows;
}

async function measureStatement(of: {
  plan: Plan;
  take: (count: number) => number;
  signer: Signer;
  env: Record<string, string>;
  say: Say;
}): Promise<Row> {
  const slices: Slice[] = [];
  for (let round = 0; round < of.plan.slices; round++) {
    const count = of.plan.perSlice;
    const load = { port: 0, connections: 16, from: of.take(count), count, signer: of.signer };
    const measured = succeeded("statement", await runLoad("tests/bench/statement.ts", load, of.env));
    slices.push({ ...measured, cpuMs: null });
    of.say(`statement at 16: ${measured.perSecond.toFixed(0)}/s`);
  }
  return rowOf("statement", 16, slices);
}

async function measureMemory(of: { plan: Plan; through: Through; pid: number; say: Say }) {
  const step = of.plan.memory / 10;
  const samples = [{ after: 0, mb: residentMb(of.pid) ?? 0 }];
  for (let n = 1; n <= 10; n++) {
    await of.through("callback", 16, step);
    samples.push({ after: n * step, mb: residentMb(of.pid) ?? 0 });
    of.say(`memory after ${n * step}: ${samples.at(-1)?.mb.toFixed(0)} MB`);
  }
  return samples;
}

function rowOf(what: Row["what"], connections: number, slices: Slice[], bare: Slice[] = []): Row {
  const of = (read: (slice: Slice) => number) => median(slices.map(read));
  const ratios = bare.map((slice, n) => (slices[n]?.perSecond ?? 0) / slice.perSecond);
  return {
    what,
    connections,
    perSecond: of((slice) => slice.perSecond),
    ofBare: what === "bare" || ratios.length === 0 ? null : median(ratios),
    p50Ms: of((slice) => slice.p50Ms),
    p99Ms: of((slice) => slice.p99Ms),
    cpuMs: slices.some((slice) => slice.cpuMs === null) ? null : of((slice) => slice.cpuMs ?? 0),
  };
}

/** A figure that counts refusals would be no figure. */
function succeeded(name: string, measured: Measured): Measured {
  if (measured.failed > 0)
    throw new Error(`${name}: ${measured.failed} of ${measured.count} were not settled`);
  return measured;
}
