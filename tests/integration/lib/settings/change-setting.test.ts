import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeSetting } from "@/lib/settings/change-setting";
import { readSettings } from "@/lib/settings/read-settings";
import { addStaff } from "@/lib/staff/add-staff";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let staffId: number;
beforeAll(async () => {
  it = await aShop();
  const person = { email: "owner@shop.example", role: "owner", name: "韩梅梅" } as const;
  ({ id: staffId } = await addStaff(it.shop, person, "correct horse battery"));
});
beforeEach(() => it.sql`DELETE FROM settings`);
afterAll(() => it.close());

const change = (key: string, value: string) =>
  changeSetting(it.shop, { key, value, staffId, address: "203.0.113.7" });
const entries = () =>
  it.sql`SELECT staff_id::int, subject, subject_id, address, before, after FROM audit_entries
    WHERE action = 'setting.change' ORDER BY id`;

describe("a change", () => {
  test("holds at once, and says who made it of what", async () => {
    const earlier = await entries();

    const first = await change("freightFlatFen", "1250");
    const second = await change("freightFlatFen", "0");

    expect([first, second]).toEqual([{ changed: true }, { changed: true }]);
    expect((await readSettings(it.shop.db)).freightFlatFen).toBe(0);
    const by = {
      staff_id: staffId,
      subject: "setting",
      subject_id: "freightFlatFen",
      address: "203.0.113.7",
    };
    expect((await entries()).slice(earlier.length)).toEqual([
      { ...by, before: { value: 1000 }, after: { value: 1250 } },
      { ...by, before: { value: 1250 }, after: { value: 0 } },
    ]);
  });

  test.each([
    ["shopName", "  春来茶馆 ", "春来茶馆"],
    ["shopName", "30", "30"],
    ["timeZone", "America/New_York", "America/New_York"],
    ["orderExpiresMinutes", " １５ ", 15],
    ["refundUndoSeconds", "600", 600],
    ["refundSecondPersonFromFen", "1000000000", 1_000_000_000],
    ["refundAutoApproveBelowFen", "007", 7],
  ] as const)("%s takes %j", async (key, typed, value) => {
    await change(key, typed);

    expect((await readSettings(it.shop.db))[key]).toBe(value);
  });

  test("to what it is already is none: no row, no entry", async () => {
    const earlier = await entries();

    const answers = [await change("freightFlatFen", "1000"), await change("shopName", "掌柜小店")];

    expect(answers).toEqual([{ changed: false }, { changed: false }]);
    expect(await it.sql`SELECT key FROM settings`).toHaveLength(0);
    expect(await entries()).toHaveLength(earlier.length);
  });

  test("twenty at once are a chain: each is told from what the one before made of it", async () => {
    const earlier = await entries();

    await Promise.all(Array.from({ length: 20 }, (_, n) => change("maxUnpaidOrders", String(n + 10))));

    const chain = (await entries()).slice(earlier.length);
    expect(chain).toHaveLength(20);
    expect(chain[0]?.before).toEqual({ value: 5 });
    for (const [n, { before }] of chain.slice(1).entries()) expect(before).toEqual(chain[n]?.after);
    expect({ value: (await readSettings(it.shop.db)).maxUnpaidOrders }).toEqual(chain.at(-1)?.after);
  });
});

describe("what is refused changes nothing", () => {
  test.each([
    ["orderExpiresMinutes", "4"],
    ["orderExpiresMinutes", "1441"],
    ["orderExpiresMinutes", "30.5"],
    ["orderExpiresMinutes", ""],
    ["orderExpiresMinutes", "1e2"],
    ["orderExpiresMinutes", "0x1f"],
    ["orderExpiresMinutes", "-30"],
    ["maxUnpaidOrders", "NaN"],
    ["refundUndoSeconds", "601"],
    ["refundAutoApproveBelowFen", "1000000001"],
    ["freightFlatFen", "99999999999999999999"],
    ["shopName", "   "],
    ["shopName", "店".repeat(31)],
    ["timeZone", "Asia/Peking Duck"],
    ["timeZone", ""],
  ])("%s as %j is setting_invalid", async (key, value) => {
    const earlier = await entries();

    await expect(change(key, value)).rejects.toMatchObject({
      code: "setting_invalid",
      facts: { errors: [{ path: key, code: "invalid" }] },
    });

    expect(await it.sql`SELECT key FROM settings`).toHaveLength(0);
    expect(await entries()).toHaveLength(earlier.length);
  });

  test.each(["", "apiKey", "__proto__", "toString"])("there is no setting %j", async (key) => {
    await expect(change(key, "1")).rejects.toMatchObject({ code: "not_found" });
  });
});
