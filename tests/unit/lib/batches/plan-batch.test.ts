import { expect, test } from "vitest";
import type { Meaning } from "@/lib/batches/columns";
import type { ShippableOrder } from "@/lib/batches/find-shippable";
import { planBatch } from "@/lib/batches/plan-batch";

const meaning: Meaning = { order: 0, trackingNo: 1, carrier: 2, sku: 3, quantity: 4 };
const yto = (n: number) => `YT88${String(n).padStart(11, "0")}`;

/** A paid order with three of A and two of B to ship. */
const anOrder = (
  of: Partial<ShippableOrder> & { left?: Record<string, number>; goingBack?: number } = {},
) => {
  const { left = { A: 3, B: 2 }, goingBack = 0, ...given } = of;
  const lines = Object.entries(left).map(([sku, count], n) => ({
    ...{ variantId: n + 1, sku, title: sku, quantity: 5, shipped: 5 - count, dropped: 0, left: count },
    ...{ goingBack: Math.min(count, goingBack), underway: goingBack, cameBack: 0 },
  }));
  const order: ShippableOrder = {
    ...{
      id: 1,
      orderNo: "1",
      memberId: 1,
      kind: "physical",
      status: "paid",
      closedReason: null,
      parcels: [],
    },
    recipient: {
      name: "李雷",
      phone: "13800138000",
      province: "浙江省",
      city: "杭州市",
      district: "西湖区",
      address: "文三路",
    },
    pieces: { lines, wholeIs: "kept" },
    ...given,
  };
  return order;
};

/** The verdicts of rows, each typed as "order tracking carrier sku quantity". */
const plan = (rows: string[], orders: ShippableOrder[] = [anOrder()], columns = meaning) =>
  planBatch({
    rows: rows.map((cells, n) => ({ rowNo: n + 2, cells: cells.split("|") })),
    meaning: columns,
    named: (number) => orders.filter(({ orderNo }) => orderNo === number),
  });
const verdicts = (...given: Parameters<typeof plan>) => plan(...given).map(({ verdict }) => verdict);

test("a row that can be shipped is ready, its carrier recognised", () => {
  const tracking = { carrier: "YTO", trackingNo: yto(1), phoneTail: null };

  expect(plan([`1|${yto(1)}`])).toEqual([
    { rowNo: 2, cells: ["1", yto(1)], orderId: 1, tracking, verdict: "ready" },
  ]);
});

test.each([
  ["no number of an order", `|${yto(1)}`, "order_missing"],
  ["one that nobody knows", `2|${yto(1)}`, "order_unknown"],
  ["one whose digits Excel has lost", `2.61126E+19|${yto(1)}`, "digits_lost"],
  ["no tracking number", "1|", "tracking_missing"],
  ["one whose digits Excel has lost", "1|7.51235E+17", "digits_lost"],
  ["one that is none", "1|??", "tracking_invalid"],
  ["one that nobody gives", "1|ABC-12345-DEF", "carrier_unclear"],
  ["a carrier that nobody knows", `1|${yto(1)}|飞毛腿`, "carrier_unknown"],
  ["a number that is not the carrier's", `1|${yto(1)}|顺丰`, "tracking_invalid"],
  ["a line that the order has not", `1|${yto(1)}||C|1`, "sku_unknown"],
  ["more than is left", `1|${yto(1)}||A|4`, "ships_too_much"],
  ["a quantity that is none", `1|${yto(1)}||A|0`, "quantity_invalid"],
  ["a quantity of who knows what", `1|${yto(1)}|||4`, "contents_unclear"],
])("a row with %s is refused: %s", (_, row, verdict) => {
  expect(verdicts([row])).toEqual([verdict]);
});

test.each([
  ["unpaid", anOrder({ status: "pending" }), "not_shippable"],
  ["closed", anOrder({ status: "closed", closedReason: "refunded" }), "not_shippable"],
  ["refunded in full", anOrder({ pieces: { ...anOrder().pieces, wholeIs: "refunded" } }), "not_shippable"],
  ["shipped", anOrder({ status: "shipped" }), "already_shipped"],
  ["completed", anOrder({ status: "completed" }), "already_shipped"],
  ["under refund", anOrder({ goingBack: 1 }), "refund_underway"],
  ["of virtual goods", anOrder({ kind: "virtual" }), "delivery_kind_invalid"],
  [
    "with this parcel already",
    anOrder({ parcels: [{ carrier: "YTO", trackingNo: yto(1) }] }),
    "parcel_recorded",
  ],
  [
    "without a phone, by a carrier that wants its last digits",
    anOrder({ recipient: { ...anOrder().recipient, phone: "" } as never }),
    "phone_tail_required",
  ],
])("an order that is %s is refused: %s", (_, order, verdict) => {
  const row = verdict === "phone_tail_required" ? "1|SF1234567890123" : `1|${yto(1)}`;

  expect(verdicts([row], [order])).toEqual([verdict]);
});

test("a number that two orders have is refused", () => {
  expect(verdicts([`1|${yto(1)}`], [anOrder(), anOrder({ id: 2 })])).toEqual(["order_ambiguous"]);
});

test("without columns for order and number nothing is ready", () => {
  expect(verdicts([`1|${yto(1)}`], [anOrder()], { order: 0 })).toEqual(["column_missing"]);
});

test("the same row again, and a second parcel of nobody knows what, are refused", () => {
  expect(verdicts([`1|${yto(1)}`, `1|${yto(1)}`, `1|${yto(2)}`])).toEqual([
    "ready",
    "row_repeated",
    "second_parcel",
  ]);
});

test("several parcels of one order are ready when each says what is in it, and no piece leaves twice", () => {
  expect(
    verdicts([
      `1|${yto(1)}||A|2`,
      `1|${yto(1)}||B|`, // In the first parcel too: all that is left of it.
      `1|${yto(1)}||A|1`,
      `1|${yto(2)}||A|1`,
      `1|${yto(3)}||A|1`,
      `1|${yto(4)}`,
    ]),
  ).toEqual(["ready", "ready", "row_repeated", "ready", "ships_too_much", "second_parcel"]);
});

test("a quantity alone is enough where it can mean only one thing", () => {
  expect(verdicts([`1|${yto(1)}|||5`])).toEqual(["ready"]);
  expect(verdicts([`1|${yto(1)}|||2`, `1|${yto(2)}|||1`], [anOrder({ left: { A: 3, B: 0 } })])).toEqual([
    "ready",
    "ready",
  ]);
});

test("a row that was refused takes nothing from those below", () => {
  expect(verdicts(["1|??", `1|${yto(1)}`])).toEqual(["tracking_invalid", "ready"]);
});

test("one number for two orders is allowed", () => {
  expect(verdicts([`1|${yto(1)}`, `2|${yto(1)}`], [anOrder(), anOrder({ id: 2, orderNo: "2" })])).toEqual([
    "ready",
    "ready",
  ]);
});
