import fc from "fast-check";
import { expect, test } from "vitest";
import { failReply, successReply } from "@/lib/wechat/reply";
import { readXml } from "@/lib/wechat/xml";

test("a yes is exactly WeChat's bytes", () => {
  expect(successReply).toBe(
    "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>",
  );
});

test("a no is the same shape with a reason, and can be read whatever the reason says", () => {
  expect(failReply("签名失败")).toBe(
    "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[签名失败]]></return_msg></xml>",
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (reason) => {
      const reading = readXml(Buffer.from(failReply(reason)));
      expect(reading).toMatchObject({ ok: true, fields: { return_code: "FAIL" } });
      expect(reading.ok && reading.fields.return_msg?.length).toBeLessThanOrEqual(128);
    }),
  );
});
