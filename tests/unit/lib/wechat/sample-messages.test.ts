import { describe, expect, test } from "vitest";
import { readAlarm } from "@/lib/wechat/alarm";
import { jsapiParameters } from "@/lib/wechat/prepay-parameters";
import { type SignType, signFields, verifyFields } from "@/lib/wechat/signature";
import { buildUnifiedOrder } from "@/lib/wechat/unified-order";
import { readXml } from "@/lib/wechat/xml";
import samples from "@/tests/vectors/sample-messages.json" with { type: "json" };
import ciphers from "@/tests/vectors/signatures-and-ciphers.json" with { type: "json" };

const { apiKey } = samples;
const signed: { name: string; fields: Record<string, string | undefined>; sign: string }[] = samples.signed;

describe("sample messages", () => {
  test.each(signed.map((sample) => [sample.name, sample] as const))(
    "the signature of %s",
    (_name, sample) => {
      const signType = sample.sign.length === 64 ? "HMAC-SHA256" : "MD5";
      expect(signFields(sample.fields, { apiKey, signType })).toBe(sample.sign);
    },
  );

  test.each(samples.messages.map((sample) => [sample.name, sample.xml] as const))(
    "%s reads and verifies",
    (_name, xml) => {
      const reading = readXml(Buffer.from(xml));
      expect(reading.ok && verifyFields(reading.fields, { apiKey })).toBe("MD5");
    },
  );

  test("a JSAPI and an H5 order are built field for field as the samples are", () => {
    const common = {
      appId: "wxd930ea5d5a258f4f",
      nonce: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
      title: "示例店-2014订单",
      attach: "shop=1",
      outTradeNo: "SO20260401000001",
      totalFen: 8800,
      payerAddress: "203.0.113.7",
      startAt: new Date("2026-04-01T02:00:00Z"),
      expireAt: new Date("2026-04-01T02:15:00Z"),
      notifyUrl: "https://shop.example/wechat/notify/pay",
    };
    const openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
    const site = { name: "示例店", url: "https://shop.example" };
    const by = (signType: SignType) => ({ mchId: "10000100", signType });

    const jsapi = buildUnifiedOrder(by("MD5"), { ...common, tradeType: "JSAPI", openid });
    const hmac = buildUnifiedOrder(by("HMAC-SHA256"), { ...common, tradeType: "JSAPI", openid });
    const h5 = buildUnifiedOrder(by("MD5"), { ...common, tradeType: "MWEB", site });

    expect(jsapi).toEqual(fieldsOf("unifiedorder JSAPI, MD5"));
    expect(hmac).toEqual(fieldsOf("unifiedorder JSAPI, HMAC-SHA256"));
    expect(h5).toEqual(fieldsOf("unifiedorder MWEB with scene_info"));
  });

  test("the prepay parameters carry the sample's paySign", () => {
    const parameters = jsapiParameters({
      appId: "wxd930ea5d5a258f4f",
      prepayId: "wx201604011000001234567890abcdef0000",
      apiKey,
      signType: "MD5",
      now: new Date(1775008800_999),
      nonce: "e61463f8efa94090b1f366cccfbbb444",
    });

    expect(parameters.timeStamp).toBe("1775008800");
    expect(parameters.paySign).toBe("87F249076E7A28FBC143755AF3EC64A5");
  });

  test("the sample alarm verifies with its appkey and with no other", () => {
    const appKey = ciphers.vectors.find((vector) => vector.name === "legacy-alarm")?.key ?? "";

    expect(readAlarm(Buffer.from(samples.alarm), { appKey }).kind).toBe("verified");
    expect(readAlarm(Buffer.from(samples.alarm), { appKey: `${appKey}x` }).kind).toBe("forged");
    expect(readAlarm(Buffer.from(samples.alarm), { appKey: null }).kind).toBe("unverified");
  });
});

function fieldsOf(name: string) {
  return signed.find((sample) => sample.name === name)?.fields;
}
