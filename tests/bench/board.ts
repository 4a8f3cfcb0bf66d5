import { readTasks } from "@/app/dashboard/home/read-tasks";
import { countAlarms, listAlarms } from "@/lib/alarms/list-alarms";
import { connect } from "@/lib/db/connect";
import { migrateDatabase } from "@/lib/db/migrate";
import type { BoardFilter } from "@/lib/deliveries/board-filter";
import { countBoard } from "@/lib/deliveries/count-board";
import { escalateDeadlines } from "@/lib/deliveries/escalate-deadlines";
import { type BoardCursor, listBoard } from "@/lib/deliveries/list-board";
import { readDays } from "@/lib/figures/read-days";
import { readCallbacks } from "@/lib/health/read-callbacks";
import type { Shop } from "@/lib/shop";
import { readPage, startDesk } from "./desk";
import { prepareBoard } from "./prepare-board";
import { summarize } from "./summary";

export type BoardPlan = {
  /** Orders whose clock runs; as many again have ended, and each that runs has an alarm. */
  orders: number;
  /** Of each line below, one after the other. */
  calls: number;
};
export const wholeBoardPlan: BoardPlan = { orders: 100_000, calls: 100 };

type Times = { p50Ms: number; p99Ms: number };
export type BoardRow = { what: string; verb: Times; page: Times | null };
export type BoardFigures = { plan: BoardPlan; rows: BoardRow[] };

type Line = { what: string; verb: () => Promise<unknown>; path: string | null };

/** What the desk's pages cost with so many orders on the board: their verbs, and the whole page through Next, signed in. */
export async function measureBoard(of: {
  databaseUrl: string;
  plan: BoardPlan;
  say: (line: string) => void;
}): Promise<BoardFigures> {
  const { plan, say } = of;
  say(`Preparing ${plan.orders} orders on the board…`);
  await migrateDatabase(of.databaseUrl);
  await seed(of.databaseUrl, plan.orders);
  const desk = await startDesk(of.databaseUrl, { name: "board" });
  try {
    const rows: BoardRow[] = [];
    for (const { what, verb, path } of await linesOf(desk.shop)) {
      const page = path === null ? null : await timed(plan.calls, () => readPage(desk, path));
      rows.push({ what, verb: await timed(plan.calls, verb), page });
      say(`${what}: ${rows.at(-1)?.verb.p50Ms.toFixed(1)} ms, page ${page?.p50Ms.toFixed(1) ?? "none"} ms`);
    }
    return { plan, rows };
  } finally {
    await desk.stop();
  }
}

async function seed(databaseUrl: string, orders: number): Promise<void> {
  const { sql, close } = connect(databaseUrl, { max: 1, name: "bench-seed" });
  await prepareBoard(sql, { orders });
  await close();
}

async function linesOf(shop: Shop): Promise<Line[]> {
  const [middle] = await shop.sql<{ cursor: BoardCursor; personId: number; alarmId: number }[]>`
    SELECT (extract(epoch FROM deliver_by) * 1000000)::bigint || '-' || id AS cursor,
      (SELECT min(assigned_to)::int FROM orders) AS "personId", (SELECT max(id)::int / 2 FROM alarms) AS "alarmId"
    FROM orders WHERE deliver_by IS NOT NULL AND clock_ended_at IS NULL ORDER BY deliver_by, id
    OFFSET (SELECT count(*) / 2 FROM alarms) LIMIT 1`;
  if (!middle) throw new Error("nothing is on the board");
  const { cursor, personId, alarmId } = middle;
  const all: BoardFilter = { state: null, kind: null, person: null };
  const board = (filter: BoardFilter & { after?: BoardCursor }) => () =>
    Promise.all([listBoard(shop, filter), countBoard(shop, filter)]);
  const inbox = (before?: number) => () =>
    Promise.all([
      listAlarms(shop, { state: "open", assignedTo: 0, before }),
      countAlarms(shop, { assignedTo: 0 }),
    ]);
  const path = "/dashboard/deliveries";
  return [
    { what: "the board, first page", verb: board(all), path },
    {
      what: "the board, half-way down",
      verb: board({ ...all, after: cursor }),
      path: `${path}?after=${cursor}`,
    },
    {
      what: "the board: late, virtual, one person's",
      verb: board({ state: "late", kind: "virtual", person: personId }),
      path: `${path}?state=late&kind=virtual&person=${personId}`,
    },
    {
      what: "the board: to be reported, nobody's",
      verb: board({ state: "waiting", kind: null, person: "nobody" }),
      path: `${path}?state=waiting&person=nobody`,
    },
    {
      what: "the board: report refused",
      verb: board({ ...all, state: "refused" }),
      path: `${path}?state=refused`,
    },
    { what: "the inbox, first page", verb: inbox(), path: "/dashboard/alarms" },
    { what: "the inbox, half-way down", verb: inbox(alarmId), path: `/dashboard/alarms?before=${alarmId}` },
    { what: "the desk's home", verb: () => readHome(shop), path: "/dashboard" },
    {
      what: "the worker's look at the deadlines, nothing new",
      verb: () => escalateDeadlines(shop),
      path: null,
    },
  ];
}

async function timed(calls: number, call: () => Promise<unknown>): Promise<Times> {
  for (let n = 0; n < 3; n++) await call(); // Compiled, connected, and in memory.
  const latenciesMs = new Float64Array(calls);
  const began = performance.now();
  for (let n = 0; n < calls; n++) {
    const sent = performance.now();
    await call();
    latenciesMs[n] = performance.now() - sent;
  }
  return summarize(latenciesMs, { seconds: (performance.now() - began) / 1000, failed: 0 });
}

/** What the home page of an owner asks for, together. */
function readHome(shop: Shop) {
  return Promise.all([readTasks(shop, "owner"), readDays(shop), readCallbacks(shop)]);
}
