import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countRefunds } from "@/lib/refunds/count-refunds";
import { listRefunds, refundPageSize } from "@/lib/refunds/list-refunds";
import { isRefused, type RefundQueue, refundQueues } from "@/lib/refunds/queues";
import { type RefundStatus, refundRefusals, refundStatuses } from "@/lib/refunds/state";
import { addStaff } from "@/lib/staff/add-staff";
import type { RefundRefusal } from "@/lib/wechat/refund-refusal";
import { aRefundableOrder, askedBy } from "@/tests/support/a-refundable-order";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const everything = async (queue: RefundQueue) => {
  const numbers: string[] = [];
  for (let after: number | undefined; ; ) {
    const { refunds, more } = await listRefunds(it.shop, { queue, after });
    numbers.push(...refunds.map((refund) => refund.outRefundNo));
    if (more === null) return numbers;
    after = more;
  }
};

/** Every status, with each error and payout that divides one: more than a page of each. */
async function fillQueues() {
  const order = await aRefundableOrder(it.shop, { items: [{ sku: (await it.aProduct()).sku, quantity: 1 }] });
  const kinds: { status: RefundStatus; refusal: RefundRefusal | null; byHand: boolean }[] = [
    ...refundStatuses.map((status) => ({ status, refusal: null, byHand: false })),
    ...refundRefusals.map((refusal) => ({ status: "sending" as const, refusal, byHand: false })),
    { status: "manual", refusal: "by_hand", byHand: true },
  ];
  const made: ((typeof kinds)[number] & { number: string })[] = [];
  for (let n = 0; n < 15 * kinds.length; n++) {
    const kind = kinds[n % kinds.length];
    if (!kind) continue;
    const number = `T${String(n).padStart(6, "0")}|*@`;
    made.push({ ...kind, number });
    // One in flight a receipt: each of these has a receipt of its own.
    await it.sql`WITH money AS (INSERT INTO receipts (transaction_id, out_trade_no, order_id, appid, mch_id, total_fen, fee_type, verdict, source, paid_at)
        VALUES (${`42${n}`}, 'P1', ${order.orderId}, 'wx', '1900000109', 100, 'CNY', 'surplus', 'query', now()) RETURNING id)
      INSERT INTO refunds (receipt_id, order_id, out_refund_no, source, status, requested_fen, refund_fen, reason, request, settled_at, refusal, manual_paid_at, manual_method)
      SELECT id, ${order.orderId}, ${number}, 'shop', ${kind.status}, 100, 100, 'surplus', '{}', now(), ${kind.refusal},
        ${kind.byHand ? it.shop.now().toISOString() : null}, ${kind.byHand ? "cash" : null} FROM money`;
  }
  return made;
}

describe("the queues", () => {
  test("hold every refund exactly once, what waits oldest first and what is done newest first", async () => {
    const made = await fillQueues();

    const lists = await Promise.all(
      refundQueues.map(async (queue) => [queue, await everything(queue)] as const),
    );

    const found = lists.flatMap(([, numbers]) => numbers);
    expect([...found].sort()).toEqual(made.map(({ number }) => number).sort());
    for (const [queue, numbers] of lists) {
      const inOrder = [...numbers].sort();
      expect(numbers).toEqual(queue === "done" ? inOrder.reverse() : inOrder);
    }
    expect(lists.find(([queue]) => queue === "done")?.[1].length).toBeGreaterThan(refundPageSize);
  });

  test("hold what they are called after, and as many as is counted", async () => {
    const { refunds: waiting } = await listRefunds(it.shop, { queue: "needsPerson" });
    const { refunds: moving } = await listRefunds(it.shop, { queue: "onTheWay" });

    expect(new Set(waiting.map(({ status, refusal }) => `${status} ${refusal}`))).toEqual(
      new Set([
        "abnormal null",
        "manual null",
        "sending not_enough",
        "sending certificate",
        "sending person",
      ]),
    );
    expect(moving.some(isRefused)).toBe(false);
    expect(waiting.filter((refund) => refund.status === "sending").every(isRefused)).toBe(true);
    const counts = await countRefunds(it.shop);
    for (const queue of ["toDecide", "comingBack", "onTheWay", "needsPerson"] as const)
      expect(counts[queue]).toBe((await everything(queue)).length);
  });
});

test("a row says what is asked of what was paid, what is left, what was shipped, and how the buyer has been", async () => {
  const [tea, cup] = [
    await it.aProduct({ priceFen: 3000, kind: "physical" }),
    await it.aProduct({ priceFen: 8000, kind: "physical" }),
  ];
  const goods = {
    items: [
      { sku: tea.sku, quantity: 2 },
      { sku: cup.sku, quantity: 1 },
    ],
    isPhysical: true,
  };
  const before = await aRefundableOrder(it.shop, goods);
  await askedBy(it.shop, before, { refundFen: 500 });
  const rejected = await askedBy(it.shop, before, { refundFen: 700 });
  await it.sql`UPDATE refunds SET status = 'rejected' WHERE out_refund_no = ${rejected}`;
  const order = await aRefundableOrder(it.shop, { ...goods, memberId: before.memberId, shipped: 1 });
  const { id: staffId } = await addStaff(
    it.shop,
    { email: "first@shop.test", role: "finance", name: "小财" },
    null,
  );
  const other = await askedBy(it.shop, order, { refundFen: 1000 });
  const withdrawn = await askedBy(it.shop, order, { refundFen: 900 });
  await it.sql`UPDATE refunds SET status = 'withdrawn' WHERE out_refund_no = ${withdrawn}`;
  const refundNo = await askedBy(it.shop, order, {
    refundFen: 3000,
    lines: [{ sku: tea.sku, quantity: 1 }],
    words: "口味不合",
  });
  await it.sql`UPDATE refunds SET first_approved_by = ${staffId}, first_approved_at = now() WHERE out_refund_no = ${refundNo}`;

  const { refunds } = await listRefunds(it.shop, { queue: "toDecide" });

  const row = refunds.find((refund) => refund.outRefundNo === refundNo);
  expect(row).toMatchObject({
    orderNo: order.orderNo,
    refundFen: 3000,
    receivedFen: order.totalFen,
    leftFen: order.totalFen - 4000,
    reason: "unwanted",
    reasonText: "口味不合",
    firstApprover: "小财",
    goods: [
      { sku: tea.sku, ordered: 2, shipped: 1, asked: 1 },
      { sku: cup.sku, ordered: 1, shipped: 1, asked: null },
    ],
    history: { ordersPaid: 2, refunds: 2, refundedFen: 1500 },
  });
  expect(refunds.find((refund) => refund.outRefundNo === other)?.history).toEqual({
    ordersPaid: 2,
    refunds: 1,
    refundedFen: 500,
  });
});
