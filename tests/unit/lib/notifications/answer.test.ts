import { expect, test } from "vitest";
import { accepted, methodNotAllowed, refused, xmlResponse } from "@/lib/notifications/answer";
import { dedupeKey } from "@/lib/notifications/dedupe-key";
import { readXml } from "@/lib/wechat/xml";

test("SUCCESS is WeChat's documented answer to the byte", async () => {
  const response = xmlResponse(accepted);

  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/xml; charset=utf-8");
  expect(await response.text()).toBe(
    "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>",
  );
});

test.each(["short", "]]>", "<!DOCTYPE x>", "掌柜".repeat(100), `${"x".repeat(119)}😀`, "a\r\nb"])(
  "FAIL with the reason %j is XML that a careful reader takes",
  async (reason) => {
    const body = await xmlResponse(refused(reason)).text();

    const reading = readXml(Buffer.from(body));
    expect(reading.ok && reading.fields.return_code).toBe("FAIL");
    expect(body.length).toBeLessThan(300);
  },
);

test("405 names the one method", () => {
  expect([methodNotAllowed().status, methodNotAllowed().headers.get("allow")]).toEqual([405, "POST"]);
});

test("a message is known by its facts: none can be moved into another", () => {
  const keys = [
    dedupeKey("payment", ["a", "b"]),
    dedupeKey("payment", ["ab", ""]),
    dedupeKey("payment", ["a,b"]),
    dedupeKey("payment", ["a", null, "b"]),
    dedupeKey("payment", [1]),
    dedupeKey("payment", ["1"]),
    dedupeKey("refund", ["a", "b"]),
  ];

  expect(new Set(keys).size).toBe(keys.length);
  expect(dedupeKey("payment", ["a", "b"])).toBe(keys[0]);
});
