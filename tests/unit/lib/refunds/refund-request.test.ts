import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/http/app-error";
import { parseRefundRequest } from "@/lib/refunds/refund-request";

const asked = { orderNo: "O1", refundFen: 100, reason: "damaged" };
const problemsOf = (body: unknown) => {
  try {
    return parseRefundRequest(body);
  } catch (error) {
    if (error instanceof AppError) return error.facts.errors?.map(({ path, code }) => `${path} ${code}`);
    throw error;
  }
};

describe("what is asked for", () => {
  test("the least", () => {
    expect(parseRefundRequest(asked)).toEqual({ ...asked, reasonText: null, lines: [], pictures: [] });
  });

  test("a reason that is none of the codes is the asker's own words; words beside a code stand beside it", () => {
    expect(parseRefundRequest({ ...asked, reason: " 太大 " })).toMatchObject({
      reason: "other",
      reasonText: "太大",
    });
    expect(parseRefundRequest({ ...asked, note: " 角上 " })).toMatchObject({
      reason: "damaged",
      reasonText: "角上",
    });
    expect(parseRefundRequest({ ...asked, reason: "太大", note: "退" })).toMatchObject({ reasonText: "退" });
  });

  test("the shop's own reasons are words in a buyer's mouth", () => {
    expect(parseRefundRequest({ ...asked, reason: "goodwill" })).toMatchObject({
      reason: "other",
      reasonText: "goodwill",
    });
    expect(parseRefundRequest({ ...asked, reason: "goodwill" }, "staff")).toMatchObject({
      reason: "goodwill",
    });
    expect(parseRefundRequest({ ...asked, reason: "surplus" }, "staff")).toMatchObject({ reason: "other" });
  });

  test("the same goods or picture named twice are one", () => {
    const lines = [
      { sku: "A", quantity: 1 },
      { sku: "B", quantity: 1 },
      { sku: "A", quantity: 2 },
    ];

    expect(parseRefundRequest({ ...asked, lines, pictures: ["p", "p"] })).toMatchObject({
      lines: [
        { sku: "A", quantity: 3 },
        { sku: "B", quantity: 1 },
      ],
      pictures: ["p"],
    });
  });
});

test.each<[unknown, string[]]>([
  [{ ...asked, refundFen: 0 }, ["refundFen refundFen"]],
  [{ ...asked, refundFen: -1 }, ["refundFen refundFen"]],
  [{ ...asked, refundFen: 0.5 }, ["refundFen refundFen"]],
  [{ ...asked, refundFen: "1" }, ["refundFen refundFen"]],
  [{ ...asked, refundFen: 1_000_000_001 }, ["refundFen refundFen"]],
  [{ ...asked, reason: " " }, ["reason reason"]],
  [{ ...asked, note: "x".repeat(501) }, ["note note"]],
  [{ ...asked, lines: [{ sku: "A", quantity: 0 }] }, ["lines.0.quantity quantity"]],
  [{ ...asked, lines: [{ sku: "", quantity: 1 }] }, ["lines.0.sku sku"]],
  [{ ...asked, pictures: ["a", "b", "c", "d"] }, ["pictures pictures"]],
  [{}, ["orderNo invalid", "refundFen refundFen", "reason reason"]],
  [null, [" invalid"]],
  ["text", [" invalid"]],
])("%j is malformed, and says where", (body, problems) => {
  expect(problemsOf(body)).toEqual(problems);
});
