import { expect, test } from "vitest";
import { ensureBuild } from "@/scripts/build/ensure-build";
import { measureAll } from "@/tests/bench/measure";
import { writeReport } from "@/tests/bench/report";
import { createDatabase } from "@/tests/support/postgres";

test("the bench settles every notification it counts and reports all its servers", async () => {
  await ensureBuild({ say: () => {} });
  const database = await createDatabase();
  const plan = { connections: [16], slices: 1, perSlice: 100, warmUp: 20, memory: 100 };

  const figures = await measureAll({ databaseUrl: database.url, plan, say: () => {} });

  await database.drop();
  expect(figures.rows.map((row) => row.what)).toEqual(["statement", "bare", "callback", "next"]);
  expect(figures.rows.every((row) => row.perSecond > 0 && row.p50Ms <= row.p99Ms)).toBe(true);
  expect(writeReport(figures, { file: null, date: new Date() })).toContain("| the app, through Next | 16 |");
});
