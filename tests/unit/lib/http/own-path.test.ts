import { expect, test } from "vitest";
import { ownPath } from "@/lib/http/own-path";

const siteUrl = "https://shop.example.cn";

test.each([
  "/dashboard",
  "/dashboard/orders?status=paid&before=12",
  "/dashboard/orders/26112122000012345678",
])("%s is a path of ours", (path) => {
  expect(ownPath(path, siteUrl)).toBe(path);
});

test.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/a\\b",
  "/\t/evil.example",
  "/\n/evil.example",
  "dashboard",
  "",
  "javascript:alert(1)",
  `/${"a".repeat(600)}`,
  null,
])("%j is not", (path) => {
  expect(ownPath(path, siteUrl)).toBeNull();
});

test.each(["/dashboard/../..//evil.example", "/.//evil.example", "/a/%2e%2e//evil.example"])(
  "%s cannot climb out of the host",
  (path) => {
    expect(ownPath(path, siteUrl)).toBeNull();
  },
);
