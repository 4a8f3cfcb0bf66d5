import { expect, test } from "vitest";
import { wayBack } from "@/app/(shop)/addresses/read-address-form";
import { readCheckout } from "@/app/(shop)/checkout/read-checkout";
import { AppError } from "@/lib/http/app-error";

const sent = (more: [string, string][] = []) => {
  const form = new FormData();
  form.append("formKey", "0b7f9c5e-9d57-4c1c-8a5d-1f0f8b1f0a11");
  for (const [sku, quantity] of [
    ["A", "5"],
    ["B", "2"],
  ]) {
    form.append("sku", String(sku));
    form.append("quantity", String(quantity));
    form.append("priceFen", "100");
  }
  for (const [name, value] of more) form.append(name, value);
  return form;
};

test("a button of a line leaves it out, or takes what is left of it and never more than was wanted", () => {
  expect(readCheckout(sent([["drop", "A"]])).items).toEqual([{ sku: "B", quantity: 2 }]);
  expect(readCheckout(sent([["take", "3 A"]])).items[0]).toEqual({ sku: "A", quantity: 3 });
  expect(readCheckout(sent([["take", "9 A"]])).items[0]).toEqual({ sku: "A", quantity: 5 });
  expect(readCheckout(sent([["take", "0 A"]])).items[0]).toEqual({ sku: "A", quantity: 5 });
});

test("what no browser of ours sends is malformed, what no row can hold is left out", () => {
  const forged = sent();
  forged.append("sku", "C");
  const endless = sent(Array.from({ length: 49 }, (_, n) => ["sku", `S${n}`] as [string, string]));

  expect(() => readCheckout(forged)).toThrow(AppError);
  expect(() => readCheckout(endless)).toThrow(AppError);
  expect(() => readCheckout(new FormData())).toThrow(AppError);
  expect(readCheckout(sent([["note", "a\u0000b\ud800"]])).typed.note).toBe("ab\ufffd");
  expect(readCheckout(sent([["addressId", "1 OR 1=1"]])).addressId).toBeNull();
  expect(readCheckout(sent([["totalFen", "-5"]])).shown.totalFen).toBeNull();
});

test.each([
  ["/checkout?from=cart&sku=A&sku=B%2F1", "/checkout?from=cart&sku=A&sku=B%2F1"],
  ["/checkout", "/addresses"],
  ["//evil.example/checkout?x", "/addresses"],
  ["https://evil.example/checkout?x", "/addresses"],
  ["/checkout?x\n", "/addresses"],
  ["/checkout?x@evil", "/addresses"],
  [undefined, "/addresses"],
  [["/checkout?x"], "/addresses"],
])("from %j an address leads back to %s", (to, back) => {
  expect(wayBack(to)).toBe(back);
});
