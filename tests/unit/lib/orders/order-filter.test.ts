import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allOrders, readOrderFilter, writeOrderFilter } from "@/lib/orders/order-filter";

const names = "status kind deadline refund trade from to min max product q sort".split(" ");
const words =
  "paid closing virtual late running 24h 0h 721h none asked full JSAPI 2026-11-27 2026-02-30 2026-11-28 12.5 0012.50 12 ￥1,280.00 -1 1e3 12.345 deadline amount-up newest";
const anyText = fc.oneof(
  fc.constantFrom(...words.split(" ")),
  fc.string({ maxLength: 80, unit: "binary" }),
  fc.array(fc.string(), { maxLength: 2 }),
);
const anyQuery = fc.dictionary(fc.constantFrom(...names), anyText);

describe("the order list's address", () => {
  test("whatever is typed into it, what was understood has one spelling, which means the same", () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const { filter } = readOrderFilter(query);
        const written = writeOrderFilter(filter);

        expect(readOrderFilter(written)).toEqual({ filter, madeUp: [] });
        expect(writeOrderFilter(readOrderFilter(written).filter)).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });

  test("every parameter is read, amounts as fen", () => {
    const query = {
      ...{
        status: "paid",
        kind: "virtual",
        deadline: "24h",
        refund: "part",
        trade: "MWEB",
        from: "2026-11-01",
      },
      ...{
        to: "2026-11-27",
        min: "12.5",
        max: "￥1,280.00",
        product: "green-tea",
        q: " 李雷 ",
        sort: "deadline",
      },
    };

    const { filter, madeUp } = readOrderFilter(query);

    expect(madeUp).toEqual([]);
    expect(filter).toEqual({
      ...{ status: "paid", kind: "virtual", deadline: { withinHours: 24 }, refund: "part", trade: "MWEB" },
      ...{ from: "2026-11-01", to: "2026-11-27", minFen: 1250, maxFen: 128_000 },
      ...{ product: "green-tea", q: "李雷", sort: "deadline" },
    });
    expect(writeOrderFilter(filter)).toEqual({ ...query, min: "12.50", max: "1280", q: "李雷" });
  });

  test("all orders, newest first, need no parameter", () => {
    expect(readOrderFilter({ q: "", status: " ", sort: "newest" })).toEqual({
      filter: allOrders,
      madeUp: [],
    });
    expect(writeOrderFilter(allOrders)).toEqual({});
  });

  test.each([
    ["status", "lost"],
    ["kind", "constructor"],
    ["deadline", "0h"],
    ["deadline", "721h"],
    ["refund", "yes"],
    ["trade", "jsapi"],
    ["from", "2026-02-30"],
    ["from", "27.11.2026"],
    ["min", "-1"],
    ["max", "12.345"],
    ["q", "掌".repeat(65)],
    ["q", "\ud800"],
    ["sort", "id; DROP TABLE orders"],
  ])("a made-up %s is named and left out: %s", (name, value) => {
    expect(readOrderFilter({ [name]: value })).toEqual({ filter: allOrders, madeUp: [name] });
  });

  test("a span that ends before it begins keeps its beginning", () => {
    const { filter, madeUp } = readOrderFilter({ from: "2026-11-27", to: "2026-11-26", min: "2", max: "1" });

    expect(filter).toEqual({ ...allOrders, from: "2026-11-27", minFen: 200 });
    expect(madeUp).toEqual(["to", "max"]);
  });
});
