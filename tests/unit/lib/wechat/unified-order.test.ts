import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildUnifiedOrder, type UnifiedOrderInput, unifiedOrder } from "@/lib/wechat/unified-order";
import { apiKey, appId, mchId, merchantAt, refusal, signedAnswer, standIn } from "./stand-in";

const by = { mchId, signType: "HMAC-SHA256" as const };
const common = {
  appId,
  outTradeNo: "SO20260401000001",
  title: "掌柜-茶叶",
  totalFen: 8800,
  payerAddress: "203.0.113.7",
  notifyUrl: "https://shop.example/api/notify",
  startAt: new Date("2026-04-01T02:00:00Z"),
  expireAt: new Date("2026-04-01T02:30:00Z"),
  nonce: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
};
const jsapi: UnifiedOrderInput = { ...common, tradeType: "JSAPI", openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" };
const h5: UnifiedOrderInput = {
  ...common,
  tradeType: "MWEB",
  site: { name: "掌柜", url: "https://shop.example" },
};
const native: UnifiedOrderInput = { ...common, tradeType: "NATIVE", productId: "42" };

describe("building an order", () => {
  test("each trade type carries what it needs and nothing of the others", () => {
    const [forJsapi, forH5, forNative] = [jsapi, h5, native].map((input) => buildUnifiedOrder(by, input));

    expect(forJsapi).toMatchObject({
      trade_type: "JSAPI",
      openid: jsapi.openid,
      time_expire: "20260401103000",
    });
    expect(forJsapi).not.toHaveProperty("scene_info");
    expect(JSON.parse(forH5?.scene_info ?? "")).toEqual({
      h5_info: { type: "Wap", wap_url: "https://shop.example", wap_name: "掌柜" },
    });
    expect(forH5).not.toHaveProperty("openid");
    expect(forNative).toMatchObject({ trade_type: "NATIVE", product_id: "42", total_fee: "8800" });
  });

  test("the title is cut to 127 bytes between characters, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (title) => {
        const { body = "" } = buildUnifiedOrder(by, { ...jsapi, title });
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(127);
        expect(body.isWellFormed()).toBe(true);
        expect(
          title
            .replace(/[\p{Cc}\ufffe\uffff]/gu, " ")
            .toWellFormed()
            .startsWith(body),
        ).toBe(true);
      }),
    );
    expect(buildUnifiedOrder(by, { ...jsapi, title: "掌".repeat(60) }).body).toBe("掌".repeat(42));
  });

  test.each<[string, Partial<UnifiedOrderInput>]>([
    ["no amount", { totalFen: 0 }],
    ["half a fen", { totalFen: 0.5 }],
    ["too large an amount", { totalFen: 1_000_000_001 }],
    ["a short number", { outTradeNo: "12345" }],
    ["a number with a blank", { outTradeNo: "SO 0000001" }],
    ["a callback address with a query", { notifyUrl: "https://shop.example/api/notify?a=1" }],
    ["43 Chinese characters as attach", { attach: "附".repeat(43) }],
    ["an end before the start", { expireAt: common.startAt }],
    ["no payer's address", { payerAddress: "" }],
    ["no openid", { openid: "" }],
  ])("%s is refused before WeChat has to", (_what, change) => {
    expect(() => buildUnifiedOrder(by, { ...jsapi, ...change } as UnifiedOrderInput)).toThrow(RangeError);
  });
});

describe("submitting an order", () => {
  const prepay = { prepay_id: "wx201604011000001234567890abcdef0000" };

  test.each([
    [jsapi, { ...prepay }, { codeUrl: null, mwebUrl: null }],
    [
      h5,
      { ...prepay, mweb_url: "https://wx.tenpay.com/x?prepay_id=1" },
      { codeUrl: null, mwebUrl: "https://wx.tenpay.com/x?prepay_id=1" },
    ],
    [
      native,
      { ...prepay, code_url: "weixin://wxpay/bizpayurl?pr=abc" },
      { codeUrl: "weixin://wxpay/bizpayurl?pr=abc", mwebUrl: null },
    ],
  ])("$tradeType answers what the buyer needs", async (input, answer, expected) => {
    const server = await standIn(signedAnswer((request) => ({ ...answer, trade_type: request.trade_type })));

    const prepaid = await unifiedOrder(merchantAt(server.url), buildUnifiedOrder(by, input));

    expect(prepaid).toEqual({ prepayId: prepay.prepay_id, ...expected });
    expect(server.received[0]?.path).toBe("/pay/unifiedorder");
  });

  test.each<[string, UnifiedOrderInput, Record<string, string>]>([
    ["a prepay_id", jsapi, {}],
    ["a link", h5, prepay],
    ["a link that a browser can follow", h5, { ...prepay, mweb_url: "javascript:alert(1)" }],
    ["a code", native, prepay],
    ["the trade type asked for", jsapi, { ...prepay, trade_type: "NATIVE" }],
  ])("an answer without %s is an unknown result", async (_what, input, answer) => {
    const server = await standIn(signedAnswer(() => answer));

    await expect(unifiedOrder(merchantAt(server.url), buildUnifiedOrder(by, input))).rejects.toMatchObject({
      kind: "unknown_result",
    });
  });

  test.each(["INVALID_REQUEST", "ORDERPAID", "ORDERCLOSED", "OUT_TRADE_NO_USED", "NOTENOUGH", "SIGNERROR"])(
    "%s is a refusal with a remedy",
    async (code) => {
      const server = await standIn(refusal(code, "不行"));

      const failure = unifiedOrder(merchantAt(server.url), buildUnifiedOrder(by, jsapi));

      await expect(failure).rejects.toMatchObject({
        kind: "refused",
        code,
        text: "不行",
        remedy: expect.not.stringContaining("undocumented"),
      });
      await expect(failure).rejects.not.toThrow(apiKey);
    },
  );
});
