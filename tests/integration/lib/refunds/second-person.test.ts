import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { approveRefund, askReturn } from "@/lib/refunds/approve-refund";
import { requestRefund } from "@/lib/refunds/request-refund";
import { undoApproval } from "@/lib/refunds/undo-approval";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { aRefundableOrder, askedBy } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let people: Record<"ann" | "bob" | "cat", Person>;
beforeAll(async () => {
  it = await aShop();
  const person = async (name: string) => {
    const { id } = await addStaff(it.shop, { email: `${name}@shop.test`, role: "owner" }, null);
    return { staffId: id, address: "192.0.2.7" };
  };
  people = { ann: await person("ann"), bob: await person("bob"), cat: await person("cat") };
});
beforeEach(() => it.sql`DELETE FROM settings`);
afterAll(() => it.close());

const set = (key: string, value: number) =>
  it.sql`INSERT INTO settings (key, value) VALUES (${key}, ${String(value)}::text::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
async function anOrder() {
  const { sku } = await it.aProduct({ priceFen: 5000 });
  return { sku, ...(await aRefundableOrder(it.shop, { items: [{ sku, quantity: 2 }] })) };
}
async function askedByStaff(by: Person, refundFen = 10_000) {
  const { orderNo } = await anOrder();
  const request = {
    orderNo,
    refundFen,
    reason: "goodwill" as const,
    reasonText: null,
    lines: [],
    pictures: [],
  };
  return (await requestRefund(it.shop, { by, request, idempotencyKey: null })).refundNo;
}
const askedByBuyer = async (refundFen = 10_000) => askedBy(it.shop, await anOrder(), { refundFen });
const row = async (refundNo: string) =>
  (
    await it.sql`SELECT status, refund_fen::int AS "refundFen", first_approved_by::int AS first, decided_by::int AS decided,
      (SELECT count(*)::int FROM refund_lines l WHERE l.refund_id = f.id) AS lines,
      (SELECT count(*)::int FROM graphile_worker.jobs j WHERE j.key = 'send_refund:' || f.id) AS jobs
      FROM refunds f WHERE out_refund_no = ${refundNo}`
  )[0];
const entries = async (refundNo: string) =>
  (
    await it.sql`SELECT a.action, a.staff_id::int AS by, a.after FROM audit_entries a JOIN refunds f ON f.id::text = a.subject_id
      WHERE a.subject = 'refund' AND f.out_refund_no = ${refundNo} ORDER BY a.id`
  ).map(({ action, by, after }) => ({ action, by, after }));

describe("with the rule off", () => {
  test("one person approves, also the own request, and that is recorded as such", async () => {
    const refundNo = await askedByStaff(people.ann);

    expect(await approveRefund(it.shop, { refundNo, by: people.ann })).toEqual({
      status: "approved",
      waitsForSecond: false,
    });

    expect(await entries(refundNo)).toMatchObject([
      { action: "refund.request", by: people.ann.staffId },
      { action: "refund.approve", by: people.ann.staffId, after: { refundFen: 10_000, ownRequest: true } },
    ]);
    expect((await row(refundNo))?.jobs).toBe(1);
  });

  test("a buyer's request that somebody approves is nobody's own", async () => {
    const refundNo = await askedByBuyer();
    await approveRefund(it.shop, { refundNo, by: people.ann });

    expect((await entries(refundNo))[0]?.after).not.toHaveProperty("ownRequest");
  });
});

describe("from the limit on", () => {
  beforeEach(() => set("refundSecondPersonFromFen", 10_000));

  test("one fen below it one person is enough", async () => {
    const refundNo = await askedByBuyer(9_999);

    expect(await approveRefund(it.shop, { refundNo, by: people.ann })).toMatchObject({ status: "approved" });
  });

  test("who asked never approves; anybody else does", async () => {
    const refundNo = await askedByStaff(people.ann);
    const own = approveRefund(it.shop, { refundNo, by: people.ann });
    await expect(own).rejects.toMatchObject({ code: "second_person_needed" });
    const nothing = [await row(refundNo), (await entries(refundNo)).length];

    const second = await approveRefund(it.shop, { refundNo, by: people.bob });

    expect(nothing).toMatchObject([{ status: "requested", jobs: 0 }, 1]);
    expect(second).toEqual({ status: "approved", waitsForSecond: false });
  });

  test("a buyer's request takes two different people", async () => {
    const refundNo = await askedByBuyer();

    const first = await approveRefund(it.shop, { refundNo, by: people.ann });
    const noted = await row(refundNo);
    const again = approveRefund(it.shop, { refundNo, by: people.ann });
    await expect(again).rejects.toMatchObject({ code: "second_person_needed" });
    const second = await approveRefund(it.shop, { refundNo, by: people.bob });

    expect([first, second]).toEqual([
      { status: "requested", waitsForSecond: true },
      { status: "approved", waitsForSecond: false },
    ]);
    expect(noted).toMatchObject({ status: "requested", first: people.ann.staffId, decided: null, jobs: 0 });
    expect(await row(refundNo)).toMatchObject({
      first: people.ann.staffId,
      decided: people.bob.staffId,
      jobs: 1,
    });
    expect((await entries(refundNo)).map(({ action }) => action)).toEqual([
      "refund.first_approve",
      "refund.approve",
    ]);
  });

  test("another amount is another first approval, whoever gives it", async () => {
    await set("refundSecondPersonFromFen", 1000);
    const refundNo = await askedByBuyer();

    const steps = [
      await approveRefund(it.shop, { refundNo, by: people.ann }),
      await approveRefund(it.shop, { refundNo, by: people.bob, refundFen: 5000 }),
      await approveRefund(it.shop, { refundNo, by: people.bob, refundFen: 4000 }),
      await approveRefund(it.shop, { refundNo, by: people.ann, refundFen: 6000 }),
      await approveRefund(it.shop, { refundNo, by: people.cat }), // What ann said last.
    ];

    expect(steps.map(({ waitsForSecond }) => waitsForSecond)).toEqual([true, true, true, true, false]);
    expect(await row(refundNo)).toMatchObject({ status: "approved", refundFen: 6000 });
  });

  test("a part below the limit is one person's", async () => {
    const refundNo = await askedByBuyer();

    const part = await approveRefund(it.shop, { refundNo, by: people.ann, refundFen: 9_999 });

    expect(part).toEqual({ status: "approved", waitsForSecond: false });
  });

  test("a large sum in slices is no small one: what was let go before counts along", async () => {
    const order = await anOrder();
    const [first, second, third] = [
      await askedBy(it.shop, order, { refundFen: 5000 }),
      await askedBy(it.shop, order, { refundFen: 4000 }),
      await askedBy(it.shop, order, { refundFen: 1000 }),
    ];

    const steps = [
      await approveRefund(it.shop, { refundNo: first, by: people.ann }),
      await approveRefund(it.shop, { refundNo: second, by: people.ann }),
      await approveRefund(it.shop, { refundNo: third, by: people.ann }), // With it, ten thousand.
    ];

    expect(steps.map(({ waitsForSecond }) => waitsForSecond)).toEqual([false, false, true]);
  });

  test("switched off in between, the first may finish alone", async () => {
    const refundNo = await askedByBuyer();
    await approveRefund(it.shop, { refundNo, by: people.ann });
    await set("refundSecondPersonFromFen", 0);

    expect(await approveRefund(it.shop, { refundNo, by: people.ann })).toMatchObject({ status: "approved" });
  });

  test("the first of two who would leave the goods with the buyer takes none off the request", async () => {
    const refundNo = await askedByBuyer();
    await approveRefund(it.shop, { refundNo, by: people.ann, dropLines: true });
    const noted = (await row(refundNo))?.lines;

    await approveRefund(it.shop, { refundNo, by: people.bob });

    expect([noted, (await row(refundNo))?.lines]).toEqual([1, 1]);
  });

  test("goods back first takes two as well", async () => {
    const refundNo = await askedByBuyer();
    const ask = (by: Person) => askReturn(it.shop, { refundNo, by, note: "请寄回 文三路 1 号" });

    const first = await ask(people.ann);
    await expect(ask(people.ann)).rejects.toMatchObject({ code: "second_person_needed" });
    const second = await ask(people.bob);

    expect([first.waitsForSecond, second]).toEqual([
      true,
      { status: "awaiting_return", waitsForSecond: false },
    ]);
  });

  test("money at once is not what somebody approved who wants the goods back first", async () => {
    const refundNo = await askedByBuyer();
    await askReturn(it.shop, { refundNo, by: people.ann, note: "寄回" });

    const atOnce = await approveRefund(it.shop, { refundNo, by: people.bob });
    const both = await approveRefund(it.shop, { refundNo, by: people.ann });

    expect([atOnce.waitsForSecond, both]).toEqual([true, { status: "approved", waitsForSecond: false }]);
  });

  test("two people at once, a hundred times: one is the first and one decides", async () => {
    for (let n = 0; n < 100; n++) {
      const refundNo = await askedByBuyer();

      const both = await Promise.all([
        approveRefund(it.shop, { refundNo, by: people.ann }),
        approveRefund(it.shop, { refundNo, by: people.bob }),
      ]);

      expect(both.map(({ waitsForSecond }) => waitsForSecond).sort()).toEqual([false, true]);
      expect(await row(refundNo)).toMatchObject({ status: "approved", jobs: 1 });
    }
  }, 120_000);
});

describe("the undo window", () => {
  test("off: money may move at once, and nothing is taken back", async () => {
    const refundNo = await askedByBuyer();
    await approveRefund(it.shop, { refundNo, by: people.ann });

    const undo = undoApproval(it.shop, { refundNo, by: people.ann });

    await expect(undo).rejects.toMatchObject({ code: "undo_too_late" });
  });

  test("open until its last moment: the request waits again, for all that was asked", async () => {
    await set("refundUndoSeconds", 60);
    const order = await anOrder();
    const refundNo = await askedBy(it.shop, order, { refundFen: 10_000 });
    await approveRefund(it.shop, { refundNo, by: people.ann, refundFen: 4000, note: "一半" });
    it.clock.now = new Date(it.clock.now.getTime() + 59_999);

    await undoApproval(it.shop, { refundNo, by: people.bob });

    expect(await row(refundNo)).toMatchObject({ status: "requested", refundFen: 10_000, decided: null });
    const all = await approveRefund(it.shop, { refundNo, by: people.ann });
    expect(all.status).toBe("approved");
    expect(await row(refundNo)).toMatchObject({ refundFen: 10_000 });
    it.clock.now = new Date(it.clock.now.getTime() + 60_000);
    await expect(undoApproval(it.shop, { refundNo, by: people.ann })).rejects.toMatchObject({
      code: "undo_too_late",
    });
  });

  test("what somebody else asked for meanwhile stays theirs", async () => {
    await set("refundUndoSeconds", 60);
    const order = await anOrder();
    const refundNo = await askedBy(it.shop, order, { refundFen: 10_000 });
    await approveRefund(it.shop, { refundNo, by: people.ann, refundFen: 4000, dropLines: true });
    await askedBy(it.shop, order, { refundFen: 3000 });

    await undoApproval(it.shop, { refundNo, by: people.ann });

    expect(await row(refundNo)).toMatchObject({ status: "requested", refundFen: 7000 });
  });
});
