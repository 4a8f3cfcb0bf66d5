import { expect, test } from "vitest";
import { maskBody } from "@/lib/notifications/mask-body";

const openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
const sign = "9A0A8659F005D6984697E2CA0A9CF3B7";
const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["CDATA", `<xml><openid><![CDATA[${openid}]]></openid><sign><![CDATA[${sign}]]></sign></xml>`],
  ["plain text", `<xml><openid>${openid}</openid><sign>${sign}</sign></xml>`],
  ["capitals and spaces", `<xml><OpenId >${openid}</OpenId ><Sign>\n${sign}</Sign></xml>`],
  [
    "the legacy alarm",
    `<xml><OpenId><![CDATA[${openid}]]></OpenId><AppSignature><![CDATA[${sign}]]></AppSignature></xml>`,
  ],
  ["JSON", `{"openid":"${openid}", "sign" : "${sign}"}`],
  ["a query string", `openid=${openid}&sign=${sign}&x=1`],
  ["a torn end", `<xml><openid><![CDATA[${openid}]]></openid><sign><![CDATA[${sign}`],
  ["an attribute", `<xml><openid type="x">${openid}</openid><sign a="b">${sign}</sign></xml>`],
])("openid and signature are cut out of %s", (_, text) => {
  const masked = maskBody(bytes(text)).text;

  expect(masked).not.toContain(openid);
  expect(masked).not.toContain(sign);
  expect(masked).toContain("＊＊＊＊");
});

test("an openid in an unexpected place is cut out too, a phone number as well", () => {
  const masked = maskBody(bytes(`<attach>${openid} 13812345678</attach>`)).text;

  expect(masked).toBe("<attach>oUpF＊＊＊＊eS6o 138＊＊＊＊5678</attach>");
});

test("what a person needs to judge the message stays", () => {
  const text =
    "<xml><transaction_id><![CDATA[4200001234202611211234567890]]></transaction_id><total_fee>8800</total_fee>" +
    "<out_trade_no>26112122000012345678P1</out_trade_no><sign_type>HMAC-SHA256</sign_type><time_end>20261121220000</time_end></xml>";

  expect(maskBody(bytes(text))).toEqual({ text, truncated: false });
});

test("more than eight kilobytes are said to be cut off", () => {
  const { text, truncated } = maskBody(bytes("x".repeat(20_000)));

  expect(truncated).toBe(true);
  expect(text).toHaveLength(8192);
});

test("bytes that are no text do no harm", () => {
  expect(maskBody(new Uint8Array([0xff, 0xfe, 0x00, 0x3c])).text).toContain("<");
});
