import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { approveRefund, askReturn } from "@/lib/refunds/approve-refund";
import { decideMany } from "@/lib/refunds/decide-many";
import { rejectRefund } from "@/lib/refunds/reject-refund";
import { receiveReturn, refuseReturn, sendReturn } from "@/lib/refunds/return-goods";
import { withdrawRefund } from "@/lib/refunds/withdraw-refund";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { aRefundableOrder, askedBy } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let by: Person;
beforeAll(async () => {
  it = await aShop();
  by = {
    staffId: (await addStaff(it.shop, { email: "d@shop.test", role: "owner" }, null)).id,
    address: "192.0.2.7",
  };
});
beforeEach(() => it.sql`DELETE FROM settings`);
afterAll(() => it.close());

const set = (key: string, value: number) =>
  it.sql`INSERT INTO settings (key, value) VALUES (${key}, ${String(value)}::text::jsonb)`;
async function anOrder(of: { shipped?: number } = {}) {
  const { sku } = await it.aProduct({ priceFen: 5000 });
  return { sku, ...(await aRefundableOrder(it.shop, { items: [{ sku, quantity: 2 }], ...of })) };
}
const row = async (refundNo: string) =>
  (
    await it.sql`SELECT status, refund_fen::int AS "refundFen", decision_note AS note, decided_by::int AS "decidedBy",
      return_carrier AS carrier, return_tracking_no AS "trackingNo", (SELECT count(*)::int FROM refund_lines l WHERE l.refund_id = f.id) AS lines,
      (SELECT count(*)::int FROM graphile_worker.jobs j WHERE j.key = 'send_refund:' || f.id) AS jobs
      FROM refunds f WHERE out_refund_no = ${refundNo}`
  )[0];
/** Everything that a deed may have left behind. */
const everything = async () =>
  (
    await it.sql`SELECT (SELECT json_agg(f ORDER BY id) FROM refunds f) AS refunds, (SELECT count(*) FROM transitions) AS moves,
      (SELECT count(*) FROM audit_entries) AS entries, (SELECT count(*) FROM outbox) AS outbox,
      (SELECT count(*) FROM graphile_worker.jobs) AS jobs, (SELECT count(*) FROM refund_lines) AS lines`
  )[0];
const actions = async (refundNo: string) =>
  (
    await it.sql`SELECT action FROM audit_entries a JOIN refunds f ON f.id::text = a.subject_id
      WHERE a.subject = 'refund' AND f.out_refund_no = ${refundNo} ORDER BY a.id`
  ).map(({ action }) => action);

describe("approving", () => {
  test("a part: the rest can be asked for again", async () => {
    const order = await anOrder();
    const refundNo = await askedBy(it.shop, order, { refundFen: 10_000 });

    await approveRefund(it.shop, { refundNo, by, refundFen: 3000, note: "只退运费", dropLines: true });

    expect(await row(refundNo)).toMatchObject({
      status: "approved",
      refundFen: 3000,
      note: "只退运费",
      lines: 0,
    });
    await askedBy(it.shop, order, { refundFen: 7000 });
    await expect(askedBy(it.shop, order, { refundFen: 1 })).rejects.toMatchObject({
      code: "refund_exceeds_payment",
      facts: { refundableFen: 0 },
    });
  });

  test.each([0, -1, 1.5, 10_001, Number.NaN, 2 ** 53])(
    "%d fen of 10000 asked: refused, nothing changed",
    async (refundFen) => {
      const refundNo = await askedBy(it.shop, await anOrder(), { refundFen: 10_000 });
      const before = await everything();

      const attempt = approveRefund(it.shop, { refundNo, by, refundFen });

      await expect(attempt).rejects.toMatchObject({ code: "refund_exceeds_request" });
      expect(await everything()).toEqual(before);
    },
  );

  test("what the portal has paid back meanwhile is not approved once more", async () => {
    const order = await anOrder();
    const refundNo = await askedBy(it.shop, order, { refundFen: 10_000 });
    await it.sql`INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, status, requested_fen, refund_fen, reason, settled_at)
      VALUES (${order.receiptId}, ${order.orderId}, ${`portal${order.orderNo}`}, 'portal', 'succeeded', 6000, 6000, 'portal', now())`;

    const attempt = approveRefund(it.shop, { refundNo, by });

    await expect(attempt).rejects.toMatchObject({
      code: "refund_exceeds_payment",
      facts: { refundableFen: 4000 },
    });
    expect(await approveRefund(it.shop, { refundNo, by, refundFen: 4000 })).toMatchObject({
      status: "approved",
    });
  });

  test.each(["x".repeat(501), "a\0b"])(
    "a note that nobody can keep is refused, nothing changed",
    async (note) => {
      const refundNo = await askedBy(it.shop, await anOrder(), { refundFen: 10_000 });
      const before = await everything();

      await expect(approveRefund(it.shop, { refundNo, by, note })).rejects.toMatchObject({
        code: "malformed",
      });

      expect(await everything()).toEqual(before);
    },
  );

  test("a hundred people at once: one approves, the others hear that it is decided", async () => {
    const refundNo = await askedBy(it.shop, await anOrder(), { refundFen: 10_000 });

    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, () => approveRefund(it.shop, { refundNo, by })),
    );

    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "refund_decided" });
    expect(await actions(refundNo)).toEqual(["refund.approve"]);
  });

  test("approval against withdrawal, a hundred times: one of them, and the other hears which", async () => {
    for (let n = 0; n < 100; n++) {
      const order = await anOrder();
      const refundNo = await askedBy(it.shop, order, { refundFen: 10_000 });
      const deeds = [
        () => approveRefund(it.shop, { refundNo, by }),
        () => withdrawRefund(it.shop, { refundNo, memberId: order.memberId }),
      ];
      if (n % 2) deeds.reverse();

      const outcomes = await Promise.allSettled(deeds.map((deed) => deed()));

      const won = outcomes.filter(({ status }) => status === "fulfilled");
      expect(won).toHaveLength(1);
      const { status, jobs } = (await row(refundNo)) ?? {};
      expect([`approved 1`, `withdrawn 0`]).toContain(`${status} ${jobs}`);
    }
  }, 120_000);
});

describe("rejecting", () => {
  test("takes a reason that the buyer reads, and frees the amount", async () => {
    const order = await anOrder();
    const refundNo = await askedBy(it.shop, order, { refundFen: 10_000 });

    for (const note of [null, "", "   ", "x".repeat(501), "a\0b"])
      await expect(rejectRefund(it.shop, { refundNo, by, note })).rejects.toMatchObject({
        code: "reason_required",
      });
    await rejectRefund(it.shop, { refundNo, by, note: " 已拆封 " });

    expect(await row(refundNo)).toMatchObject({
      status: "rejected",
      note: "已拆封",
      decidedBy: by.staffId,
      jobs: 0,
    });
    expect(await actions(refundNo)).toEqual(["refund.reject"]);
    await askedBy(it.shop, order, { refundFen: 10_000 });
  });
});

describe("goods back first", () => {
  async function awaited() {
    const order = await anOrder({ shipped: 2 });
    const refundNo = await askedBy(it.shop, order, { refundFen: 10_000 });
    await askReturn(it.shop, { refundNo, by, note: "寄回 文三路 1 号" });
    return { order, refundNo };
  }
  const parcel = { carrier: "顺丰", trackingNo: "SF1234567890" };

  test("asked for, sent, received: the money follows", async () => {
    const { order, refundNo } = await awaited();
    const asked = await row(refundNo);

    await sendReturn(it.shop, { refundNo, memberId: order.memberId, ...parcel });
    await receiveReturn(it.shop, { refundNo, by, restock: true });

    expect(asked).toMatchObject({ status: "awaiting_return", note: "寄回 文三路 1 号" });
    expect(await row(refundNo)).toMatchObject({ status: "approved", ...parcel, jobs: 1 });
    expect(
      await it.sql`SELECT restock FROM refund_lines l JOIN refunds f ON f.id = l.refund_id WHERE out_refund_no = ${refundNo}`,
    ).toEqual([{ restock: true }]);
    expect(await actions(refundNo)).toEqual(["refund.ask_return", "refund.receive_return"]);
  });

  test("refused: no money, a reason, and the amount is free", async () => {
    const { order, refundNo } = await awaited();

    await refuseReturn(it.shop, { refundNo, by, note: "空包裹" });

    expect(await row(refundNo)).toMatchObject({ status: "rejected", note: "空包裹" });
    await askedBy(it.shop, order, { refundFen: 10_000 });
  });

  test("only the order's own buyer says how they come back, and only while they are awaited", async () => {
    const { order, refundNo } = await awaited();
    const stranger = await anOrder();
    const before = await everything();

    const others = sendReturn(it.shop, { refundNo, memberId: stranger.memberId, ...parcel });
    await expect(others).rejects.toMatchObject({ code: "not_found" });
    for (const wrong of [
      { ...parcel, trackingNo: "1" },
      { ...parcel, trackingNo: "<b>123456" },
      { ...parcel, carrier: "" },
      { ...parcel, carrier: "x".repeat(31) },
      { ...parcel, carrier: "a\0b" },
    ])
      await expect(
        sendReturn(it.shop, { refundNo, memberId: order.memberId, ...wrong }),
      ).rejects.toMatchObject({
        code: "malformed",
      });
    const unchanged = await everything();
    await receiveReturn(it.shop, { refundNo, by, restock: false });

    expect(unchanged).toEqual(before);
    const late = sendReturn(it.shop, { refundNo, memberId: order.memberId, ...parcel });
    await expect(late).rejects.toMatchObject({ code: "refund_decided" });
  });

  test("needs to say where to", async () => {
    const refundNo = await askedBy(it.shop, await anOrder(), { refundFen: 10_000 });

    await expect(askReturn(it.shop, { refundNo, by, note: null })).rejects.toMatchObject({
      code: "reason_required",
    });
  });
});

describe("several at once", () => {
  test("each has its own verdict; one that may not be decided holds up no other", async () => {
    await set("refundSecondPersonFromFen", 8000);
    const [plain, decided, large] = [
      await askedBy(it.shop, await anOrder(), { refundFen: 500 }),
      await askedBy(it.shop, await anOrder(), { refundFen: 500 }),
      await askedBy(it.shop, await anOrder(), { refundFen: 9000 }),
    ];
    await rejectRefund(it.shop, { refundNo: decided, by, note: "否" });
    const refundNos = [plain, decided, large, "NOSUCH", plain];

    const verdicts = await decideMany(it.shop, { refundNos, verdict: "approve", note: null, by });

    expect(verdicts).toEqual([
      { refundNo: plain, ok: true, code: null, status: "approved", waitsForSecond: false },
      { refundNo: decided, ok: false, code: "refund_decided", status: null, waitsForSecond: false },
      { refundNo: large, ok: true, code: null, status: "requested", waitsForSecond: true },
      { refundNo: "NOSUCH", ok: false, code: "not_found", status: null, waitsForSecond: false },
    ]);
  });

  test("rejecting without a reason rejects none", async () => {
    const refundNo = await askedBy(it.shop, await anOrder(), { refundFen: 500 });

    const verdicts = await decideMany(it.shop, { refundNos: [refundNo], verdict: "reject", note: "", by });

    expect(verdicts).toMatchObject([{ ok: false, code: "reason_required" }]);
    expect((await row(refundNo))?.status).toBe("requested");
  });

  test("more than a hundred are refused whole", async () => {
    const refundNos = Array.from({ length: 101 }, (_, n) => `R${n}`);

    await expect(
      decideMany(it.shop, { refundNos, verdict: "approve", note: null, by }),
    ).rejects.toMatchObject({
      code: "malformed",
    });
  });
});

describe("nothing is left of a deed that fails half-way", () => {
  const deeds = {
    approve: (refundNo: string) => approveRefund(it.shop, { refundNo, by, refundFen: 3000, dropLines: true }),
    askReturn: (refundNo: string) => askReturn(it.shop, { refundNo, by, note: "寄回" }),
    reject: (refundNo: string) => rejectRefund(it.shop, { refundNo, by, note: "否" }),
  };
  test.each(Object.keys(deeds) as (keyof typeof deeds)[])(
    "%s without its audit entry is undone whole",
    async (deed) => {
      const refundNo = await askedBy(it.shop, await anOrder(), { refundFen: 10_000 });
      const before = await everything();
      await it.sql.unsafe("ALTER TABLE audit_entries RENAME TO audit_entries_away");

      await expect(deeds[deed](refundNo)).rejects.toThrow();
      await it.sql.unsafe("ALTER TABLE audit_entries_away RENAME TO audit_entries");

      expect(await everything()).toEqual(before);
    },
  );
});
