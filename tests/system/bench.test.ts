import { expect, test } from "vitest";
import { ensureBuild } from "@/scripts/build/ensure-build";
import { measureBoard } from "@/tests/bench/board";
import { measureExports } from "@/tests/bench/exports";
import { measureImport } from "@/tests/bench/import";
import { measureAll } from "@/tests/bench/measure";
import { measureOrderList } from "@/tests/bench/order-list";
import { replaceSection, writeReport } from "@/tests/bench/report";
import { describeOrderList } from "@/tests/bench/report-order-list";
import { describeShopPages } from "@/tests/bench/report-shop-pages";
import type { ShopPagesFigures } from "@/tests/bench/shop-pages";
import { createDatabase } from "@/tests/support/postgres";

test("the bench settles every notification it counts and reports all its servers", async () => {
  await ensureBuild({ say: () => {} });
  const database = await createDatabase();
  const plan = { connections: [16], slices: 1, perSlice: 100, warmUp: 20, memory: 100 };

  const figures = await measureAll({ databaseUrl: database.url, plan, say: () => {} });

  const onBoard = await createDatabase();
  const board = await measureBoard({
    databaseUrl: onBoard.url,
    plan: { orders: 300, calls: 2 },
    say: () => {},
  });

  const imports = await measureImport({
    databaseUrl: onBoard.url,
    plan: { rows: 40, rounds: 1 },
    say: () => {},
  });

  const toExport = await createDatabase();
  const exports = await measureExports({
    databaseUrl: toExport.url,
    plan: { orders: 500, heapMb: 96 },
    say: () => {},
  });

  let made = 0;
  const shops = [await createDatabase(), await createDatabase()];
  const orderList = await measureOrderList({
    newDatabase: async () => shops[made++]?.url ?? "",
    plan: { sizes: [1_000, 2_000], calls: 2, pageCalls: 1 },
    say: () => {},
  });

  await Promise.all([database, onBoard, toExport, ...shops].map((one) => one.drop()));
  expect(figures.rows.map((row) => row.what)).toEqual(["statement", "bare", "callback", "next"]);
  expect(figures.rows.every((row) => row.perSecond > 0 && row.p50Ms <= row.p99Ms)).toBe(true);
  expect(board.rows.length).toBeGreaterThan(0);
  expect(board.rows.every(({ verb, page }) => verb.p50Ms > 0 && (page === null || page.p50Ms > 0))).toBe(
    true,
  );
  expect(imports.rows.map(({ ms }) => ms > 0)).toEqual([true, true, true, true]);
  expect(orderList.views.map(({ verb, page }) => [verb.length, page.length])).toEqual(
    Array.from({ length: 12 }, () => [2, 2]),
  );
  expect(orderList.scripts.pageKb).toBeGreaterThan(orderList.scripts.bareKb);
  const report = writeReport(figures, { board, imports, exports, orderList }, shopPages, {
    file: null,
    date: new Date(),
  });
  expect(report).toContain("| the app, through Next | 16 |");
  expect(report).toContain("| the board, first page |");
  expect(exports.rows.map(({ format }) => format)).toEqual(["csv", "xlsx"]);
  expect(report).toContain("| dry run of a CSV |");
  expect(report).toContain("| most of the heap, in MB | ≤ 96 |");
  expect(report).toContain("| a phone's last digits |");
  expect(report).toContain("| the product's JavaScript above a bare page's, KB gz | ≤ 25 | 6.5 | holds |");
  const undated = (text: string) => text.replaceAll(/(?<=Measured )[\d-]+ [\d:]+/g, "");
  for (const section of [
    describeOrderList(orderList, new Date(0)),
    describeShopPages(shopPages, new Date(0)),
  ])
    expect(undated(replaceSection(report, section))).toBe(undated(report));
});

/** A browser and another build are too long for a test: `npm run bench -- shop --quick` shows that these are measured. */
const row = { documentKb: 8, stylesKb: 16, picturesKb: 80, lcpMs: 1_000, slowestMs: 1_100 };
const shopPages: ShopPagesFigures = {
  plan: { visits: 1 },
  loadBefore: 0.5,
  bare: { ...row, what: "a bare page", scriptsKb: 135 },
  product: { ...row, what: "the product", scriptsKb: 141.5 },
  others: [{ ...row, what: "the catalogue", scriptsKb: 142 }],
};
