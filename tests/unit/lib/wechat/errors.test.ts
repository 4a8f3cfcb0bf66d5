import { expect, test, vi } from "vitest";
import { unknownResult, WechatError } from "@/lib/wechat/errors";

test("an error of another copy of this module is one, too; others are not", async () => {
  vi.resetModules();
  const copy = await import("@/lib/wechat/errors");

  expect(copy.WechatError).not.toBe(WechatError);
  expect(copy.unknownResult("TIMEOUT", "no answer in time")).toBeInstanceOf(WechatError);
  expect(unknownResult("TIMEOUT", "no answer in time")).toBeInstanceOf(copy.WechatError);
  expect(new Error("WechatError")).not.toBeInstanceOf(WechatError);
});
