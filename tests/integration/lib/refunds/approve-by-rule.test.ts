import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { requestRefund } from "@/lib/refunds/request-refund";
import { undoApproval } from "@/lib/refunds/undo-approval";
import { addStaff } from "@/lib/staff/add-staff";
import { aRefundableOrder, askedBy } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
beforeEach(() => it.sql`DELETE FROM settings`);
afterAll(() => it.close());

const set = (key: string, value: number) =>
  it.sql`INSERT INTO settings (key, value) VALUES (${key}, ${String(value)}::text::jsonb)`;
async function anOrder(of: { shipped?: number } = {}) {
  const { sku } = await it.aProduct({ priceFen: 5000 });
  return aRefundableOrder(it.shop, { items: [{ sku, quantity: 2 }], ...of });
}
const row = async (refundNo: string) =>
  (
    await it.sql`SELECT status, decided_by AS "decidedBy", (SELECT actor FROM transitions t WHERE t.entity = 'refund' AND t.entity_id = f.id
      AND t.event = 'approve') AS actor, (SELECT count(*)::int FROM graphile_worker.jobs j WHERE j.key = 'send_refund:' || f.id) AS jobs
      FROM refunds f WHERE out_refund_no = ${refundNo}`
  )[0];
const statusAfter = async (order: Awaited<ReturnType<typeof anOrder>>, refundFen: number) =>
  (await row(await askedBy(it.shop, order, { refundFen })))?.status;

test("off, nothing is approved by itself", async () => {
  expect(await statusAfter(await anOrder(), 1)).toBe("requested");
});

test("up to the amount, of an order of which nothing has left: approved at once, by the rule and nobody else", async () => {
  await set("refundAutoApproveBelowFen", 1000);

  const refundNo = await askedBy(it.shop, await anOrder(), { refundFen: 1000 });

  expect(await row(refundNo)).toEqual({
    status: "approved",
    decidedBy: null,
    actor: "rule:auto_approve",
    jobs: 1,
  });
});

test("one fen more, or one piece shipped: a person decides", async () => {
  await set("refundAutoApproveBelowFen", 1000);

  expect(await statusAfter(await anOrder(), 1001)).toBe("requested");
  expect(await statusAfter(await anOrder({ shipped: 1 }), 1000)).toBe("requested");
});

test("a large sum in slices is no small one", async () => {
  await set("refundAutoApproveBelowFen", 1000);
  const order = await anOrder();

  expect([await statusAfter(order, 600), await statusAfter(order, 400), await statusAfter(order, 1)]).toEqual(
    ["approved", "approved", "requested"],
  );
});

test("where two people are needed the rule is none of them, also not in slices", async () => {
  await set("refundAutoApproveBelowFen", 5000);
  await set("refundSecondPersonFromFen", 1000);
  const order = await anOrder();

  expect([await statusAfter(order, 999), await statusAfter(order, 1)]).toEqual(["approved", "requested"]);
  expect(await statusAfter(await anOrder(), 1000)).toBe("requested");
});

test("what one of the staff asks for is decided by a person", async () => {
  await set("refundAutoApproveBelowFen", 1000);
  const { id: staffId } = await addStaff(it.shop, { email: "r@shop.test", role: "owner" }, null);
  const { orderNo } = await anOrder();
  const asked = {
    orderNo,
    refundFen: 10,
    reason: "goodwill" as const,
    reasonText: null,
    lines: [],
    pictures: [],
  };

  const by = { staffId, address: "192.0.2.7" };
  const { status } = await requestRefund(it.shop, { by, request: asked, idempotencyKey: null });

  expect(status).toBe("requested");
});

test("there is no window in which the rule's approval could be taken back", async () => {
  await set("refundAutoApproveBelowFen", 1000);
  await set("refundUndoSeconds", 600);
  const { id: staffId } = await addStaff(it.shop, { email: "u@shop.test", role: "owner" }, null);
  const refundNo = await askedBy(it.shop, await anOrder(), { refundFen: 10 });

  const undo = undoApproval(it.shop, { refundNo, by: { staffId, address: "192.0.2.7" } });

  await expect(undo).rejects.toMatchObject({ code: "undo_too_late" });
});
