import { expect, test } from "vitest";
import { readSandboxSettings } from "@/lib/sandbox/settings";

test("nothing set is a sandbox under .data on any port", () => {
  expect(readSandboxSettings({})).toEqual({
    ok: true,
    settings: { dataDir: ".data", apiPort: undefined, webPort: undefined, timeFactor: undefined },
  });
});

test("a real merchant's number forbids it", () => {
  expect(readSandboxSettings({ WECHAT_MCH_ID: "1900000109" }).ok).toBe(false);
});

test.each([
  { SANDBOX_API_PORT: "0" },
  { SANDBOX_API_PORT: "http" },
  { SANDBOX_WEB_PORT: "65536" },
  { SANDBOX_WEB_PORT: "80.5" },
  { SANDBOX_TIME_FACTOR: "0" },
  { SANDBOX_TIME_FACTOR: "-1" },
  { SANDBOX_TIME_FACTOR: "Infinity" },
])("%j is refused by name", (variables) => {
  const reading = readSandboxSettings(variables);

  expect(reading.ok).toBe(false);
  expect(reading.ok || reading.reason).toMatch(/SANDBOX_/);
});
