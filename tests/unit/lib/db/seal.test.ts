import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seal, unseal } from "@/lib/db/seal";

const key = randomBytes(32).toString("base64");

test("any text comes back whole, and never stands in what is stored", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 4 }), (text) => {
      const sealed = seal(text, key);

      expect(unseal(sealed, key)).toBe(text);
      expect(sealed).not.toContain(text);
    }),
  );
});

test("the same text is sealed differently every time", () => {
  expect(seal("a", key)).not.toBe(seal("a", key));
});

test("any changed character is found out", () => {
  const sealed = seal("a token of WeChat's", key);
  fc.assert(
    fc.property(fc.nat({ max: sealed.length - 1 }), fc.constantFrom(..."Az0-"), (at, character) => {
      const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
      const opened = unseal(changed, key);

      // The last character of base64url may carry bits that decode to nothing.
      expect(opened === null || opened === "a token of WeChat's").toBe(true);
      if (changed.slice(0, 12) !== sealed.slice(0, 12)) expect(opened).toBeNull();
    }),
  );
});

test.each(["", "v1", "v2.x.y.z", "v1.00000000.a.b.c", "nonsense"])("%j opens to nothing", (sealed) => {
  expect(unseal(sealed, key)).toBeNull();
});

test("another key opens nothing, and the key id tells which key it was", () => {
  const other = randomBytes(32).toString("base64");

  expect(unseal(seal("a", key), other)).toBeNull();
  expect(seal("a", key).split(".")[1]).toBe(seal("b", key).split(".")[1]);
  expect(seal("a", key).split(".")[1]).not.toBe(seal("a", other).split(".")[1]);
});
