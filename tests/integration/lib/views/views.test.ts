import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addStaff } from "@/lib/staff/add-staff";
import { deleteView } from "@/lib/views/delete-view";
import { listViews } from "@/lib/views/list-views";
import { saveView } from "@/lib/views/save-view";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let [packer, clerk] = [0, 0];
beforeAll(async () => {
  it = await aShop();
  const add = async (name: string, role: "fulfilment" | "finance") =>
    (await addStaff(it.shop, { email: `${role}@shop.example`, role, name }, "correct horse battery")).id;
  packer = await add("李雷", "fulfilment");
  clerk = await add("韩梅梅", "finance");
});
beforeEach(() => it.sql`DELETE FROM saved_views`);
afterAll(() => it.close());

const by = (staffId: number) => ({ staffId, address: "203.0.113.7" });
const save = (of: Partial<Parameters<typeof saveView>[1]>, staffId = packer) =>
  saveView(it.shop, {
    ...{ name: "江浙沪", query: "status=paid", isShared: false, replaces: false },
    ...of,
    by: by(staffId),
  });
const namesOf = async (staffId: number) =>
  (await listViews(it.shop.db, staffId)).map(({ name, isOwn, person }) => ({ name, isOwn, person }));
const entries = () =>
  it.sql`SELECT staff_id::int, action, before, after FROM audit_entries WHERE subject = 'view' ORDER BY id`;

describe("a view", () => {
  test("is its keeper's alone until it is shared", async () => {
    const earlier = await entries();

    const first = await save({ query: "status=paid&q=%E5%BC%A0%E4%B8%89" });
    const alone = [await namesOf(packer), await namesOf(clerk)];
    const second = await save({ query: "status=paid", isShared: true, replaces: true });

    expect([first, second]).toEqual(["saved", "replaced"]);
    expect(alone).toEqual([[{ name: "江浙沪", isOwn: true, person: "李雷" }], []]);
    expect(await namesOf(clerk)).toEqual([{ name: "江浙沪", isOwn: false, person: "李雷" }]);
    const [one, two] = [
      { filters: ["status", "q"], isShared: false },
      { filters: ["status"], isShared: true },
    ];
    const entry = { staff_id: packer, action: "view.save" };
    expect((await entries()).slice(earlier.length)).toEqual([
      { ...entry, before: null, after: one },
      { ...entry, before: one, after: two },
    ]);
  });

  test("of a name that one has is written over only when that is wished", async () => {
    await save({});

    const answers = [
      await save({ name: " 江浙沪\n", query: "kind=virtual" }),
      await save({ name: "江浙沪" }),
      await save({ query: "kind=virtual" }, clerk),
    ];

    expect(answers).toEqual(["exists", "unchanged", "saved"]);
    expect(await listViews(it.shop.db, packer)).toMatchObject([{ query: "status=paid" }]);
  });

  test.each(["", " \t", "长".repeat(31), "🧧".repeat(31)])("is not called %j", async (name) => {
    await expect(save({ name })).rejects.toMatchObject({ code: "view_invalid" });
  });

  test("may be called by thirty signs of any kind, and its address is no longer than 2000", async () => {
    expect(await save({ name: "🧧".repeat(30) })).toBe("saved");
    await expect(save({ query: "q".repeat(2001) })).rejects.toMatchObject({ code: "view_invalid" });
  });

  test("is one of fifty at most, however many are saved at once", async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 55 }, (_, n) => save({ name: `视图 ${n}` })),
    );

    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
    expect(await listViews(it.shop.db, packer)).toHaveLength(50);
    expect(await save({ name: "视图" }, clerk)).toBe("saved");
  });
});

describe("taking a view away", () => {
  const idOf = async (staffId: number) => (await listViews(it.shop.db, staffId))[0]?.id ?? 0;
  const take = (of: { tidies: boolean }, staffId: number, id: number) =>
    deleteView(it.shop, { ...of, id, by: by(staffId) });

  test("is for its keeper, and kept", async () => {
    await save({ isShared: true });
    const id = await idOf(packer);
    const earlier = await entries();

    await expect(take({ tidies: false }, clerk, id)).rejects.toMatchObject({ code: "not_found" });
    await take({ tidies: false }, packer, id);

    await expect(take({ tidies: false }, packer, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await namesOf(packer)).toEqual([]);
    const before = { staffId: packer, isShared: true };
    expect((await entries()).slice(earlier.length)).toEqual([
      { staff_id: packer, action: "view.delete", before, after: null },
    ]);
  });

  test("who runs the staff tidies what is shared, not what is a person's own", async () => {
    await save({});
    const id = await idOf(packer);

    await expect(take({ tidies: true }, clerk, id)).rejects.toMatchObject({ code: "not_found" });
    await save({ isShared: true, replaces: true });
    await take({ tidies: true }, clerk, id);

    expect(await namesOf(packer)).toEqual([]);
  });
});
