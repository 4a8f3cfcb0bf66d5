import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { buildDeliverNotify, sendDeliverNotify, signDeliverNotify } from "@/lib/wechat/delivernotify";
import { WechatError } from "@/lib/wechat/errors";
import { platformAnswering } from "./a-platform";

/** The published sample of an appkey. */
const appKey =
  "2Wozy2aksie1puXUBpWD8oZxiD1DfQuEaiC7KcRATv1Ino3mdopKaPGQQ7TtkNySuAmCaDCrw4xhPY5qKTBl7Fzm0RgR3c0WaVYIXZARsxzHV2x7iwPPzOz94dnwPWSn";

/** The worked example of the reference. */
const given = {
  appId: "wxf8b4f85f3a794e77",
  openid: "oX99MDgNcgwnz3zFN3DNmo8uwa-w",
  transactionId: "1218614901201405273313470595",
  outTradeNo: "SO20140527000001",
  at: new Date(1401206434_999),
  status: 1,
  message: "ok",
} as const;
const request = {
  appid: "wxf8b4f85f3a794e77",
  openid: "oX99MDgNcgwnz3zFN3DNmo8uwa-w",
  transid: "1218614901201405273313470595",
  out_trade_no: "SO20140527000001",
  deliver_timestamp: "1401206434",
  deliver_status: "1",
  deliver_msg: "ok",
};

describe("building", () => {
  test("every value is a string, and the time is whole seconds", () => {
    expect(buildDeliverNotify(given)).toEqual(request);
  });

  test.each([null, ""])("without an openid (%j) it is refused before WeChat is asked", (openid) => {
    expect(() => buildDeliverNotify({ ...given, openid })).toThrow(
      expect.objectContaining({ kind: "refused", code: "OPENID_MISSING" }),
    );
  });

  test("an empty message is a mistake of ours: nobody knows how it is signed", () => {
    expect(() => buildDeliverNotify({ ...given, message: "" })).toThrow(RangeError);
  });
});

describe("signing", () => {
  test("delivered: the signature of the worked example", () => {
    const signed = signDeliverNotify(request, { appKey });

    expect(signed.app_signature).toBe("343f40f10e3b0d83ccedea1d194a20c5b8345469");
    expect(signed.sign_method).toBe("sha1");
  });

  test("not delivered: the signature of the worked example", () => {
    const refunded = buildDeliverNotify({ ...given, status: 0, message: "该商品已退款" });

    expect(signDeliverNotify(refunded, { appKey }).app_signature).toBe(
      "748aae0d4a586828c035b93f92c2a38029410844",
    );
  });

  test("the text that is signed is the documented one, byte for byte", () => {
    const text = `appid=wxf8b4f85f3a794e77&appkey=${appKey}&deliver_msg=ok&deliver_status=1&deliver_timestamp=1401206434&openid=oX99MDgNcgwnz3zFN3DNmo8uwa-w&out_trade_no=SO20140527000001&transid=1218614901201405273313470595`;

    expect(signDeliverNotify(request, { appKey }).app_signature).toBe(
      createHash("sha1").update(text, "utf8").digest("hex"),
    );
  });

  test.each([null, ""])("without an appkey (%j) it is refused before WeChat is asked", (none) => {
    expect(() => signDeliverNotify(request, { appKey: none })).toThrow(
      expect.objectContaining({ kind: "refused", code: "APP_KEY_MISSING" }),
    );
  });
});

describe("sending", () => {
  test("the message is JSON of strings, Chinese as it is written, the token in the address alone", async () => {
    const { platform, asked } = await platformAnswering({ errcode: 0, errmsg: "ok" });
    const refunded = buildDeliverNotify({ ...given, status: 0, message: "该商品已退款" });

    await sendDeliverNotify(platform, { accessToken: "T&1", request: refunded, appKey });

    expect(asked).toEqual([
      'POST /prefix/pay/delivernotify?access_token=T%261 {"appid":"wxf8b4f85f3a794e77","openid":"oX99MDgNcgwnz3zFN3DNmo8uwa-w","transid":"1218614901201405273313470595","out_trade_no":"SO20140527000001","deliver_timestamp":"1401206434","deliver_status":"0","deliver_msg":"该商品已退款","app_signature":"748aae0d4a586828c035b93f92c2a38029410844","sign_method":"sha1"}',
    ]);
  });

  test("fields that come back from the database in another order are the same message to the byte", async () => {
    const { platform, asked } = await platformAnswering({ errcode: 0 });
    const reversed = Object.fromEntries(Object.entries(request).reverse());

    await sendDeliverNotify(platform, { accessToken: "T", request, appKey });
    await sendDeliverNotify(platform, { accessToken: "T", request: reversed, appKey });

    expect(new Set(asked).size).toBe(1);
    expect(asked).toHaveLength(2);
  });

  test.each([
    ["without an errcode", "{}", "unknown_result", "INCOMPLETE"],
    ["of a proxy", "<html>", "unknown_result", "UNREADABLE"],
    ["49004", '{"errcode":49004,"errmsg":"not match signature"}', "refused", "49004"],
    ["-1", '{"errcode":-1,"errmsg":"system error"}', "unknown_result", "-1"],
  ])("an answer %s is not an acceptance", async (_what, answer, kind, code) => {
    const { platform } = await platformAnswering(answer);

    const failure = sendDeliverNotify(platform, { accessToken: "T", request, appKey });

    await expect(failure).rejects.toMatchObject({ kind, code });
  });

  test("no error carries the token or the appkey", async () => {
    const { platform } = await platformAnswering({ errcode: 40001, errmsg: "invalid credential" });

    const error = await sendDeliverNotify(platform, { accessToken: "secret-token", request, appKey }).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toBeInstanceOf(WechatError);
    const told = JSON.stringify(error, Object.getOwnPropertyNames(error));
    expect(told).not.toContain("secret-token");
    expect(told).not.toContain(appKey);
  });
});
