import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sealEntries } from "@/lib/audit/seal-entries";
import { type Break, verifyEntries } from "@/lib/audit/verify-entries";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Db, Tx } from "@/lib/db/connect";
import { openShop } from "@/lib/shop";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());
beforeEach(() => asAttacker("DELETE FROM audit_entries"));

/** Somebody with the database's own password, whom no trigger stops. */
function asAttacker(statements: string): Promise<unknown> {
  return it.sql.begin((tx) => tx.unsafe(`SET LOCAL session_replication_role = replica; ${statements}`));
}
const write = (db: Db | Tx, n: number) =>
  writeEntry(db, {
    ...{ staffId: null, action: "setting.change", subject: "setting", subjectId: n, at: it.shop.now() },
    ...{
      address: "203.0.113.7",
      before: { value: n, 名: '茶 "x" \u2028' },
      after: { value: n + 0.5, a: [1, null] },
    },
  });
const chain = () =>
  it.sql<{ id: number; sealNo: number | null; hash: string | null }[]>`
    SELECT id::int, seal_no::int AS "sealNo", hash FROM audit_entries ORDER BY id`;
const sealed = async (count: number) => {
  for (let n = 0; n < count; n++) await write(it.shop.db, n);
  await sealEntries(it.shop);
  return (await chain()).map(({ id }) => id);
};

describe("sealing", () => {
  test("chains every entry once and without gaps in a hundred rounds of late commits beside two sealers", async () => {
    const twoSealers = () => Promise.all([sealEntries(it.shop), sealEntries(it.shop)]);
    for (let n = 0; n < 100; n++) {
      const { promise: hasId, resolve: tellId } = Promise.withResolvers<void>();
      const { promise: mayCommit, resolve: letCommit } = Promise.withResolvers<void>();
      const late = it.shop.db.transaction(async (tx) => {
        await write(tx, 2 * n); // It has the lower id, and commits when the higher one is sealed.
        tellId();
        await mayCommit;
      });
      await hasId;
      await write(it.shop.db, 2 * n + 1);
      await twoSealers();
      letCommit();
      await Promise.all([late, twoSealers()]);
    }
    await sealEntries(it.shop);

    const numbers = (await chain()).map(({ sealNo }) => Number(sealNo));
    expect(numbers.filter((sealNo, n) => n % 2 === 0 && sealNo > (numbers[n + 1] ?? 0))).toHaveLength(100);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, n) => n + 1));
    expect(await verifyEntries(it.shop)).toMatchObject({
      checked: 200,
      isEnded: true,
      broken: null,
      unsealed: 0,
    });
  });

  test("keeps no writer waiting: an entry commits while a sealer is at work", async () => {
    await write(it.shop.db, 1);
    await it.sql.begin(async (sealer) => {
      await sealer`SELECT FROM audit_entries FOR UPDATE`;
      await write(it.shop.db, 2);
    });

    expect(await chain()).toHaveLength(2);
  });

  test("goes on where a sealer was stopped half-way, and leaves the work to the one that is there", async () => {
    await sealed(3);
    await write(it.shop.db, 3);
    const slow = openShop(it.shop.environment, { name: "slow-sealer", poolSize: 1 });
    await it.sql.unsafe(`CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(20); RETURN NEW; END $$;
      CREATE TRIGGER slowly AFTER UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION slowly()`);
    const death = sealEntries(slow).catch((error: unknown) => error);
    await expect.poll(() => pidsAsleep()).toHaveLength(1);
    expect(await sealEntries(it.shop)).toBe(0);

    await it.sql`SELECT pg_cancel_backend(${(await pidsAsleep())[0] ?? 0})`;
    expect(await death).toBeInstanceOf(Error);
    await it.sql.unsafe("DROP TRIGGER slowly ON audit_entries; DROP FUNCTION slowly");
    expect((await chain()).map(({ sealNo }) => sealNo)).toEqual([1, 2, 3, null]);
    expect(await sealEntries(it.shop)).toBe(1);

    expect(await verifyEntries(it.shop)).toMatchObject({ checked: 4, broken: null });
    await slow.close();
  });
});
const pidsAsleep = async () =>
  (
    await it.sql<
      { pid: number }[]
    >`SELECT pid FROM pg_stat_activity WHERE application_name = 'slow-sealer' AND wait_event = 'PgSleep'`
  ).map(({ pid }) => pid);

describe("the table", () => {
  test.each([
    "UPDATE audit_entries SET action = 'staff.sign_in'",
    "UPDATE audit_entries SET seal_no = seal_no + 100",
    "UPDATE audit_entries SET seal_no = NULL, hash = NULL",
    "UPDATE audit_entries SET hash = 'x'",
    "DELETE FROM audit_entries",
    "TRUNCATE audit_entries",
  ])("refuses %s", async (statement) => {
    await sealed(2);

    await expect(it.sql.unsafe(statement)).rejects.toThrow("kept as they are");
    expect(await verifyEntries(it.shop)).toMatchObject({ checked: 2, broken: null });
  });

  test("refuses to seal an entry and change it in one", async () => {
    await write(it.shop.db, 1);

    await expect(
      it.sql.unsafe("UPDATE audit_entries SET seal_no = 1, hash = 'x', action = 'staff.sign_in'"),
    ).rejects.toThrow("kept as they are");
  });
});

describe("verifying tells the first place that does not fit", () => {
  const swap = (a: number, b: number) =>
    `UPDATE audit_entries SET seal_no = -seal_no WHERE seal_no IN (${a}, ${b});
     UPDATE audit_entries SET seal_no = CASE -seal_no WHEN ${a} THEN ${b} ELSE ${a} END WHERE seal_no < 0`;
  const shift = (from: number, by: number) =>
    `UPDATE audit_entries SET seal_no = -seal_no WHERE seal_no >= ${from};
     UPDATE audit_entries SET seal_no = -seal_no + ${by} WHERE seal_no < 0`;
  const forged = (sealNo: number) =>
    `INSERT INTO audit_entries (action, subject, subject_id, seal_no, hash) VALUES ('staff.sign_in', 'staff', '1', ${sealNo}, repeat('a', 64))`;
  const changed = (set: string) => `UPDATE audit_entries SET ${set} WHERE seal_no = 4`;

  test.each<[string, string, Break["kind"], number, number | null]>([
    ["a changed action", changed("action = 'staff.sign_in'"), "changed", 4, 4],
    ["a changed person", changed("subject_id = '99'"), "changed", 4, 4],
    ["a moment moved by a microsecond", changed("at = at + interval '1 microsecond'"), "changed", 4, 4],
    ["a changed value", changed(`after = after || '{"value": 3.6}'`), "changed", 4, 4],
    ["a value that became null", changed("before = NULL"), "changed", 4, 4],
    ["an address that was removed", changed("address = NULL"), "changed", 4, 4],
    ["another hash", changed("hash = repeat('b', 64)"), "changed", 4, 4],
    ["a removed entry", "DELETE FROM audit_entries WHERE seal_no = 4", "removed", 4, null],
    ["a removed first entry", "DELETE FROM audit_entries WHERE seal_no = 1", "removed", 1, null],
    [
      "one removed, the rest moved up",
      `DELETE FROM audit_entries WHERE seal_no = 4; ${shift(5, -1)}`,
      "changed",
      4,
      5,
    ],
    ["an inserted entry", `${shift(4, 1)}; ${forged(4)}`, "inserted", 4, 8],
    ["one added at the end", forged(8), "changed", 8, 8],
    ["two neighbours that changed places", swap(4, 5), "reordered", 4, 5],
    ["two others that changed places", swap(2, 6), "reordered", 2, 6],
  ])("%s", async (_, statements, kind, sealNo, nth) => {
    const ids = await sealed(7);

    await asAttacker(statements);

    const [forgedId] = (await chain()).map(({ id }) => id).filter((id) => !ids.includes(id));
    const entryId = nth === null ? null : (ids[nth - 1] ?? forgedId);
    const { broken, checked } = await verifyEntries(it.shop);
    expect({ broken, checked }).toEqual({ broken: { kind, sealNo, entryId }, checked: sealNo - 1 });
  });

  test("an entry that nobody has sealed for a quarter of an hour", async () => {
    await sealed(2);
    await write(it.shop.db, 3);
    expect(await verifyEntries(it.shop)).toMatchObject({ broken: null, unsealed: 1 });

    it.clock.now = new Date(it.clock.now.getTime() + 16 * 60_000);

    const last = (await chain()).at(-1)?.id;
    expect(await verifyEntries(it.shop)).toMatchObject({
      broken: { kind: "unsealed", sealNo: null, entryId: last },
      checked: 2,
      isEnded: true,
    });
  });

  test("what was cut off at the end, when its hash was noted before", async () => {
    await sealed(5);
    const { head } = await verifyEntries(it.shop);
    await sealed(2);
    expect(await verifyEntries(it.shop, { notedHash: head?.hash })).toMatchObject({
      noted: { sealNo: 5 },
      head: { sealNo: 7 },
    });

    await asAttacker("DELETE FROM audit_entries WHERE seal_no > 4");

    expect(await verifyEntries(it.shop, { notedHash: head?.hash })).toMatchObject({
      ...{ broken: null, noted: { hash: head?.hash, sealNo: null } },
      head: { sealNo: 4 },
    });
  });

  test("goes on behind a place when the time was over before the end", async () => {
    await it.sql`INSERT INTO audit_entries (action, subject, subject_id) SELECT 'staff.sign_in', 'staff', n FROM generate_series(1, 2100) n`;
    await sealEntries(it.shop);

    const first = await verifyEntries(it.shop, { withinMs: 0 });
    const rest = await verifyEntries(it.shop, { from: 2000 });

    expect(first).toMatchObject({ checked: 0, to: 0, isEnded: false, broken: null });
    expect(rest).toMatchObject({ checked: 100, to: 2100, isEnded: true, broken: null });
    expect(await verifyEntries(it.shop, { from: 2101 })).toMatchObject({
      broken: { kind: "removed", sealNo: 2101 },
    });
  });
});

test("a restored trail has the same hashes: nothing depends on how jsonb was written", async () => {
  const [id] = await sealed(1);
  const copy = await it.shop.db.execute<{ before: string }>(
    sql`SELECT '{ "名": "茶 \\"x\\" \\u2028" , "value" : 0 }'::jsonb::text AS before`,
  );
  const [kept] = await it.sql`SELECT before::text FROM audit_entries WHERE id = ${id ?? 0}`;

  expect(copy[0]?.before).toBe(kept?.before);
});
