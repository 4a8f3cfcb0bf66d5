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
    "recipient.address",
    "recipient.district",
  ]);
});

test("no recipient is another trouble than a wrong one", () => {
  for (const none of [null, undefined])
    expect(refusalOf(() => parseRecipient(none)).code).toBe("recipient_required");
});

test.each(["130", "145", "166", "172", "191", "199"])("%s… is a mainland mobile number", (prefix) => {
  expect(parseRecipient({ ...recipient, phone: `${prefix}00138000` }).phone).toBe(`${prefix}00138000`);
});

test.each([
  "138 0013 8000",
  "138-0013-8000",
  "+86 138 0013 8000",
  "+8613800138000",
  "8613800138000",
  "0086 13800138000",
  "(+86) 138.0013.8000",
  "\u202d13800138000\u202c", // As a telephone book copies it.
  "１３８００１３８０００",
])("the mobile number %j is kept as eleven digits", (phone) => {
  expect(parseRecipient({ ...recipient, phone }).phone).toBe("13800138000");
});

test.each([
  ["+1 555 010 0199", "phoneForeign"],
  ["+852 9123 4567", "phoneForeign"],
  ["0044 20 7946 0958", "phoneForeign"],
  ["1380013800", "phone"],
  ["+86 1380013800", "phone"],
  ["0571-8765 4321", "phone"],
  ["12800138000", "phone"],
  ["电话", "phone"],
  ["", "phone"],
])("of the number %j it is told that it is wrong by %s", (phone, code) => {
  const refusal = refusalOf(() => parseRecipient({ ...recipient, phone }));

  expect(refusal.facts.errors).toEqual([{ path: "recipient.phone", code }]);
});

test.each(["东莞市", "中山", "儋州市", "嘉峪关市", "仙桃市", "石河子市", " 陵水黎族自治县 "])(
  "%s has no districts, and an address there needs none",
  (city) => {
    expect(parseRecipient({ ...recipient, city, district: " " }).district).toBe("");
    expect(parseRecipient({ ...recipient, city, district: undefined }).district).toBe("");
  },
);

test.each(["杭州市", "东莞路", "海东市"])("an address in %s needs its district", (city) => {
  const refusal = refusalOf(() => parseRecipient({ ...recipient, city, district: "" }));

  expect(refusal.facts.errors).toEqual([{ path: "recipient.district", code: "district" }]);
});
