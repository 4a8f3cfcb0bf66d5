import { expect, test } from "vitest";
import { freightOf } from "@/lib/orders/freight";

const rule = { freightFlatFen: 1000, freightFreeFromFen: 9900 };

test("goods below the limit pay the flat freight, from the limit on none", () => {
  expect(freightOf({ kind: "physical", goodsFen: 9899 }, rule)).toBe(1000);
  expect(freightOf({ kind: "physical", goodsFen: 9900 }, rule)).toBe(0);
});

test("what is delivered online is never charged freight", () => {
  expect(freightOf({ kind: "virtual", goodsFen: 1 }, rule)).toBe(0);
});

test("a limit of nothing sends everything free", () => {
  expect(freightOf({ kind: "physical", goodsFen: 1 }, { ...rule, freightFreeFromFen: 0 })).toBe(0);
});
