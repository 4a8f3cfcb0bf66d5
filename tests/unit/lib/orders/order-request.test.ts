import { expect, test } from "vitest";
import { AppError } from "@/lib/http/app-error";
import { parseOrderRequest, parseRecipient } from "@/lib/orders/order-request";

const recipient = {
  name: "李雷",
  phone: "13800138000",
  province: "浙江省",
  city: "杭州市",
  district: "西湖区",
  address: "文三路 1 号",
};

function refusalOf(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

test("every wrong field is named once, by its path", () => {
  const refusal = refusalOf(() =>
    parseOrderRequest({
      items: [
        { sku: "", quantity: 1 },
        { sku: "S", quantity: "2" },
      ],
      note: 7,
    }),
  );

  expect(refusal.code).toBe("malformed");
  expect(refusal.facts.errors).toEqual([
    { path: "items.0.sku", code: "sku" },
    { path: "items.1.quantity", code: "quantity" },
    { path: "note", code: "note" },
  ]);
});

test("what is not asked for is dropped, spaces around texts too", () => {
  const request = parseOrderRequest({
    items: [{ sku: "S", quantity: 2, priceFen: 1 }],
    note: "  hi  ",
    paid: true,
  });

  expect(request).toEqual({ items: [{ sku: "S", quantity: 2 }], note: "hi" });
  expect(parseRecipient({ ...recipient, phone: " 13800138000 ", vip: true })).toEqual(recipient);
});

test("all fields of a recipient that are wrong are told at once", () => {
  const refusal = refusalOf(() => parseRecipient({ name: "", phone: "1", province: "浙江省" }));

  expect(refusal.code).toBe("recipient_invalid");
  expect(refusal.facts.errors?.map(({ path }) => path)).toEqual([
    "recipient.name",
    "recipient.phone",
    "recipient.city",
    "recipient.district",
    "recipient.address",
  ]);
});

test("no recipient is another trouble than a wrong one", () => {
  for (const none of [null, undefined])
    expect(refusalOf(() => parseRecipient(none)).code).toBe("recipient_required");
});

test.each(["130", "145", "166", "172", "191", "199"])("%s… is a mainland mobile number", (prefix) => {
  expect(parseRecipient({ ...recipient, phone: `${prefix}00138000` }).phone).toBe(`${prefix}00138000`);
});
