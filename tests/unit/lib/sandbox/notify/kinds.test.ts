import { expect, test } from "vitest";
import { mostTries, notificationKinds, waitAfterTryMs } from "@/lib/sandbox/notify/kinds";

test("a payment's notification comes sixteen times in 24 hours and 4 minutes", () => {
  const waits = Array.from({ length: 15 }, (_, index) => waitAfterTryMs("payment", index + 1) / 1000);

  expect(waits).toEqual([
    15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
  ]);
  expect(waits.reduce((sum, one) => sum + one)).toBe(24 * 3600 + 4 * 60);
  expect(mostTries("payment")).toBe(16);
});

test("only WeChat's exact words with HTTP 200 are a yes", () => {
  const yes =
    "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";
  const accepts = (body: string, status = 200) => notificationKinds.payment.accepts({ status, body });

  expect(accepts(yes)).toBe(true);
  for (const body of [
    `${yes}\n`,
    ` ${yes}`,
    `\ufeff${yes}`,
    yes.replace("OK", ""),
    "success",
    "",
    `"${yes}"`,
  ]) {
    expect(accepts(body)).toBe(false);
  }
  expect(accepts(yes, 201)).toBe(false);
});
