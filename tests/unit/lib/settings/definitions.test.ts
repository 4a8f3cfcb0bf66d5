import { expect, test } from "vitest";
import { settingDefinitions } from "@/lib/settings/definitions";

test.each(Object.entries(settingDefinitions))(
  "%s has a default that it would accept, and a reason",
  (_key, setting) => {
    expect(setting.schema.safeParse(setting.initial).success).toBe(true);
    expect(setting.reason.length).toBeGreaterThan(20);
  },
);

test.each([
  ["orderExpiresMinutes", 4],
  ["orderExpiresMinutes", 30.5],
  ["maxUnpaidOrders", 0],
  ["freightFlatFen", -1],
  ["shopName", " "],
  ["shopName", "x".repeat(31)],
] as const)("%s refuses %j", (key, value) => {
  expect(settingDefinitions[key].schema.safeParse(value).success).toBe(false);
});
