import { expect, test } from "vitest";
import { yuan } from "@/lib/sandbox/web/words";

test.each([
  [1, "¥0.01"],
  [10, "¥0.10"],
  [100, "¥1.00"],
  [8800, "¥88.00"],
  [1_000_000_000, "¥10000000.00"],
])("%i fen read as %s", (fen, text) => {
  expect(yuan(fen)).toBe(text);
});
