import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { downloadExport } from "@/lib/exports/download-export";
import { findExport } from "@/lib/exports/find-export";
import { exportedLists, type ListName } from "@/lib/exports/lists";
import { openExport } from "@/lib/exports/open-export";
import { retryExport } from "@/lib/exports/retry-export";
import type { ExportFormat } from "@/lib/exports/table-of";
import { wordsIn } from "@/lib/exports/words";
import { writeExport } from "@/lib/exports/write-export";
import { AppError } from "@/lib/http/app-error";
import { type Locale, locales } from "@/lib/http/locale";
import { forgetOldRows } from "@/lib/jobs/forget-old-rows";
import { changeSetting } from "@/lib/settings/change-setting";
import { addStaff } from "@/lib/staff/add-staff";
import { aShop } from "@/tests/support/a-shop";
import { manyPaidOrders, type PaidOrder } from "@/tests/support/many-paid-orders";
import { runDueJobs } from "@/tests/support/run-due-jobs";

let it: Awaited<ReturnType<typeof aShop>>;
let staffId: number;
let orders: PaidOrder[];
beforeAll(async () => {
  it = await aShop();
  ({ id: staffId } = await addStaff(it.shop, { email: "o@shop.example", role: "owner", name: "韩" }, null));
  orders = await manyPaidOrders(it.sql, 503);
  const bad = { name: '=HYPERLINK("http://evil.example","点我")', note: '+1 份, "加急"\n谢谢' };
  await it.sql`UPDATE orders SET recipient = recipient || jsonb_build_object('name', ${bad.name}::text), note = ${bad.note}
    WHERE id = ${orders[0]?.orderId ?? 0}`;
  await raiseAlarm(it.shop.db, { kind: "job_failed", dedupeKey: "a", facts: {} });
});
afterAll(() => it.close());
beforeEach(async () => {
  await it.sql`DELETE FROM list_exports`;
  await it.sql`DELETE FROM settings`;
});

const someOrders = () =>
  new URLSearchParams(orders.slice(0, 3).map(({ orderNo }) => ["order", orderNo])).toString();
const by = () => ({ staffId, address: "203.0.113.7" });
type Wish = { list?: ListName; query?: string; format?: ExportFormat; locale?: Locale; reveal?: boolean };
const open = ({ list = "orders", query = "", format = "csv", locale = "zh-CN", reveal = false }: Wish = {}) =>
  openExport(it.shop, { list, format, query, viewer: { staffId, locale, reveal }, by: by() });
const atOnce = (rows: number) =>
  changeSetting(it.shop, { key: "exportAtOnceRows", value: String(rows), ...by() });
const inBackground = async (wish: Wish = {}) => {
  const opened = await open(wish);
  if ("bytes" in opened) throw new Error("it was small");
  return opened.exportId;
};
const rowsOf = (bytes: Uint8Array): string[][] => parse(Buffer.from(bytes), { bom: true });
const small = async (wish: Wish = {}) => {
  const opened = await open(wish);
  if ("exportId" in opened) throw new Error("it was large");
  return opened.bytes;
};
const find = async (exportId: number) => {
  const row = await findExport(it.shop, { exportId, reader: { id: staffId, role: "owner" } });
  if (!row) throw new Error("no such export");
  return row;
};
const download = async (exportId: number) => {
  const stream = await downloadExport(it.shop, { row: await find(exportId), by: by() });
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
const partsOf = (exportId: number) =>
  it.sql`SELECT part_no FROM export_parts WHERE export_id = ${exportId} ORDER BY part_no`;
const lastEntries = (count: number) =>
  it.sql`SELECT action, subject_id, after FROM audit_entries ORDER BY id DESC LIMIT ${count}`;
const problemOf = async (deed: Promise<unknown>) => {
  const error = await deed.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error.code : error;
};

describe("a list as a file", () => {
  const all = Object.keys(exportedLists) as ListName[];
  test.each(all.flatMap((list) => locales.map((locale) => [list, locale] as const)))(
    "%s in %s has its columns' words, the same in both formats",
    async (list, locale) => {
      // The trail grows by what is tried here; of the orders three will do.
      const query = { audit: "person=none", orders: someOrders() }[list as string] ?? "";
      const csv = rowsOf(await small({ list, locale, query }));
      const xlsx = await readSheet(Buffer.from(await small({ list, locale, query, format: "xlsx" })));

      expect(csv[0]).toEqual(Object.values(wordsIn[locale].exports.columns[list]));
      expect(xlsx[0]).toEqual(csv[0]);
      expect(xlsx).toHaveLength(csv.length);
      expect(
        xlsx
          .map((row) => row[0])
          .slice(1)
          .map(String),
      ).toEqual(csv.slice(1).map(([cell = ""]) => cell.trim()));
    },
  );

  test("of orders has each once, newest first, and personal data masked as on screen", async () => {
    const [header = [], ...rows] = rowsOf(await small());
    const column = (title: string) => rows.map((row) => row[header.indexOf(title)] ?? "");

    expect(column("订单号").map((cell) => cell.trim())).toEqual(
      orders.map(({ orderNo }) => orderNo).reverse(),
    );
    expect(new Set(column("订单金额（元）"))).toEqual(new Set(["88.00"]));
    expect(
      column("收货人")
        .slice(0, -1)
        .every((name) => name === "李＊＊"),
    ).toBe(true);
    expect(column("收货人").at(-1)).toBe("'=＊＊");
    expect(new Set(column("手机号"))).toEqual(new Set(["138＊＊＊＊8000"]));
    expect(column("买家留言").at(-1)).toBe(`'+1 份, "加急"\n谢谢`);
  });

  test("tells recipients in full to who asks for it; a formula among them does nothing, and the trail says so", async () => {
    const query = `order=${orders[0]?.orderNo}`;
    const [header = [], row = []] = rowsOf(await small({ query, reveal: true }));
    const [, cells = []] = await readSheet(Buffer.from(await small({ query, reveal: true, format: "xlsx" })));

    expect(row[header.indexOf("收货人")]).toBe(`'=HYPERLINK("http://evil.example","点我")`);
    expect(row[header.indexOf("手机号")]).toBe("13800138000");
    expect(cells[header.indexOf("收货人")]).toBe('=HYPERLINK("http://evil.example","点我")');
    const [entry] = await lastEntries(1);
    expect(entry).toMatchObject({
      action: "list.export",
      subject_id: "orders",
      after: { list: "orders", format: "xlsx", filter: { order: orders[0]?.orderNo }, reveal: true, rows: 1 },
    });
  });

  test("keeps to the filter of the list; of several that were ticked it has just these, in that order", async () => {
    const [a, b, c] = [orders[7], orders[3], orders[400]];

    const ticked = rowsOf(
      await small({ query: `order=${a?.orderNo}&order=${b?.orderNo}&order=${c?.orderNo}&order=no` }),
    );
    const none = rowsOf(await small({ query: "status=completed" }));
    const one = rowsOf(await small({ query: `q=${a?.transactionId}` }));

    expect(ticked.slice(1).map(([cell]) => cell?.trim())).toEqual([a?.orderNo, b?.orderNo, c?.orderNo]);
    expect(none).toHaveLength(1);
    expect(one.slice(1).map(([cell]) => cell?.trim())).toEqual([a?.orderNo]);
  });

  test("what was typed into a search is in no entry of the trail, whichever list it was", async () => {
    for (const list of ["orders", "members", "money", "notifications", "products"] as const) {
      await open({ list, query: "q=13955551234" });

      const [entry] = await lastEntries(1);
      expect(entry).toMatchObject({ action: "list.export", after: { list, filter: { q: "＊＊＊" } } });
    }
  });

  test("of a made-up filter is refused: it would hold everything", async () => {
    expect(await problemOf(open({ query: "status=payed" }))).toBe("malformed");
    expect(await problemOf(open({ list: "refunds", query: "queue=all" }))).toBe("malformed");
    expect(await problemOf(open({ list: "audit", query: "from=2026-13-01" }))).toBe("malformed");
  });

  test("leaves what people typed out of the trail, which nobody can erase", async () => {
    await small({ query: "q=韩梅梅&status=paid" });

    const [entry] = await lastEntries(1);
    expect(entry?.after).toEqual({
      list: "orders",
      format: "csv",
      filter: { q: "＊＊＊", status: "paid" },
      rows: 0,
    });
  });
});

describe("a long list", () => {
  test.each(["csv", "xlsx"] as const)(
    "is written in the background, and its %s is what the short way gives",
    async (format) => {
      const whole = await small({ format });
      await atOnce(502);
      const exportId = await inBackground({ format });
      expect(await find(exportId)).toMatchObject({ status: "queued", rowsDone: 0 });
      expect(await problemOf(download(exportId))).toBe("export_not_ready");

      await runDueJobs(it.shop);

      expect(await find(exportId)).toMatchObject({ status: "done", rowsDone: 503 });
      const bytes = await download(exportId);
      expect(bytes.length).toBe((await find(exportId)).sizeBytes);
      if (format === "csv") expect(Buffer.from(bytes).equals(whole)).toBe(true);
      else expect(await readSheet(Buffer.from(bytes))).toEqual(await readSheet(Buffer.from(whole)));
      expect((await lastEntries(2)).map(({ after }) => after)).toEqual([
        { list: "orders", format, filter: {}, rows: 503 },
        { list: "orders", format, filter: {} },
      ]);
    },
  );

  test("asked for twice is one file; five wait at most", async () => {
    await atOnce(1);
    const first = await inBackground();
    expect(await inBackground()).toBe(first);
    for (const query of ["status=paid", "kind=physical", "sort=oldest", "sort=amount"])
      await inBackground({ query });

    expect(await problemOf(open({ query: "sort=paid" }))).toBe("too_many_requests");
    expect(await inBackground({ query: "sort=amount" })).toBeGreaterThan(first);
  });

  test("begins anew when its worker was killed half-way, and one that was overtaken adds nothing", async () => {
    await atOnce(1);
    const exportId = await inBackground();
    await it.sql`UPDATE list_exports SET status = 'running', started_at = now() - interval '1 minute', rows_done = 500 WHERE id = ${exportId}`;
    await it.sql`INSERT INTO export_parts (export_id, part_no, bytes) SELECT ${exportId}, n, 'half' FROM generate_series(0, 3) n`;

    await Promise.all([writeExport(it.shop, exportId), writeExport(it.shop, exportId)]);

    expect(await partsOf(exportId)).toHaveLength(1);
    expect(await find(exportId)).toMatchObject({ status: "done", rowsDone: 503 });
    expect(rowsOf(await download(exportId))).toHaveLength(504);
    await writeExport(it.shop, exportId); // The queue brings a job twice.
    expect(rowsOf(await download(exportId))).toHaveLength(504);
  });

  test("that fails says so, is not tried again by itself, and is written when somebody asks again", async () => {
    await atOnce(1);
    const exportId = await inBackground();
    await it.sql`ALTER TABLE order_lines RENAME TO order_lines_away`;
    await expect(writeExport(it.shop, exportId)).rejects.toThrow("order_lines");
    await it.sql`ALTER TABLE order_lines_away RENAME TO order_lines`;
    expect(await find(exportId)).toMatchObject({ status: "failed", errorText: "internal" });
    await writeExport(it.shop, exportId);
    expect(await find(exportId)).toMatchObject({ status: "failed" });

    await retryExport(it.shop, { exportId });
    expect(await problemOf(retryExport(it.shop, { exportId }))).toBe("export_not_ready");
    await runDueJobs(it.shop);

    expect(await find(exportId)).toMatchObject({ status: "done", errorText: null, rowsDone: 503 });
  });

  test("is its writer's and an owner's alone, and gone after a week", async () => {
    await atOnce(1);
    const exportId = await inBackground();
    await runDueJobs(it.shop);
    const another = { id: staffId + 1, role: "finance" } as const;
    expect(await findExport(it.shop, { exportId, reader: another })).toBeNull();
    expect(await findExport(it.shop, { exportId, reader: { ...another, role: "owner" } })).not.toBeNull();

    const now = it.clock.now;
    it.clock.now = new Date(now.getTime() + 7 * 24 * 60 * 60_000 + 1);
    await forgetOldRows(it.shop);
    it.clock.now = now;

    expect(await partsOf(exportId)).toEqual([]);
    await expect(find(exportId)).rejects.toThrow();
  });
});
