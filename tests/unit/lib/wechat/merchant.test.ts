import { describe, expect, test } from "vitest";
import { freePort } from "@/lib/db/embedded/free-port";
import { WechatError } from "@/lib/wechat/errors";
import { postXml } from "@/lib/wechat/merchant";
import { verifyFields } from "@/lib/wechat/signature";
import { writeXml } from "@/lib/wechat/xml";
import { apiKey, appId, mchId, merchantAt, refusal, signedAnswer, standIn } from "./stand-in";

const request = {
  appid: appId,
  mch_id: mchId,
  out_trade_no: "SO20260401000001",
  nonce_str: "ec2316275641faa3aacf3cc599e8730f",
  sign_type: "HMAC-SHA256",
};
const call = { name: "orderquery", path: "/pay/orderquery", request } as const;

describe("what is sent", () => {
  test("is signed XML under the path prefix of the pay address, trailing slash or not", async () => {
    const server = await standIn(signedAnswer(() => ({})));

    await postXml(merchantAt(`${server.url}/stand-in/v2/`), call);

    const [sent] = server.received;
    expect(sent?.path).toBe("/stand-in/v2/pay/orderquery");
    expect(sent?.headers["content-type"]).toBe("text/xml; charset=utf-8");
    expect(sent && verifyFields(sent.fields, { apiKey })).toBe("HMAC-SHA256");
  });

  test("is the same byte for byte when the same request is sent again", async () => {
    const server = await standIn(signedAnswer(() => ({})));
    const merchant = merchantAt(server.url);

    await postXml(merchant, call);
    await postXml(merchant, call);

    expect(server.received[1]?.body).toBe(server.received[0]?.body);
  });

  test("follows the request's own sign_type, not the merchant's", async () => {
    const server = await standIn(signedAnswer(() => ({})));

    await postXml(merchantAt(server.url), { ...call, request: { ...request, sign_type: "MD5" } });

    expect(server.received[0]?.fields.sign).toHaveLength(32);
  });
});

describe("an answer is believed", () => {
  test("with fields nobody knows, which were signed too", async () => {
    const server = await standIn(signedAnswer(() => ({ brand_new_field: " 1 ", detail: "<&]]>" })));

    const fields = await postXml(merchantAt(server.url), call);

    expect(fields.brand_new_field).toBe(" 1 ");
    expect(fields.detail).toBe("<&]]>");
  });

  test("with a stronger signature than asked for", async () => {
    const server = await standIn(signedAnswer(() => ({}), { signType: "HMAC-SHA256" }));

    const fields = await postXml(merchantAt(server.url), {
      ...call,
      request: { ...request, sign_type: "MD5" },
    });

    expect(fields.result_code).toBe("SUCCESS");
  });
});

describe("an answer is an unknown result", () => {
  test.each([
    ["forged with another key", signedAnswer(() => ({}), { apiKey: "0".repeat(32) }), "UNVERIFIED"],
    [
      "signed with MD5 where HMAC-SHA256 was asked",
      signedAnswer(() => ({}), { signType: "MD5" }),
      "UNVERIFIED",
    ],
    ["of another merchant", signedAnswer(() => ({ mch_id: "10000101" })), "NOT_OURS"],
    ["of no merchant", signedAnswer(() => ({ mch_id: undefined })), "NOT_OURS"],
    ["of another app", signedAnswer(() => ({ appid: "wx0000000000000000" })), "NOT_OURS"],
    ["of another order", signedAnswer(() => ({ out_trade_no: "SO20260401000002" })), "NOT_OURS"],
    ["without a result code", signedAnswer(() => ({ result_code: undefined })), "INCOMPLETE"],
  ])("when it is %s", async (_what, answer, code) => {
    const server = await standIn(answer);

    expect(await failureOf(postXml(merchantAt(server.url), call))).toMatchObject({
      kind: "unknown_result",
      code,
    });
  });

  test.each([
    [
      "not signed",
      writeXml({ return_code: "SUCCESS", result_code: "SUCCESS", appid: appId, mch_id: mchId }),
      "UNVERIFIED",
    ],
    ["an HTML page", "<html><body>busy</body></html>", "UNREADABLE"],
    ["empty", "", "UNREADABLE"],
    ["a DOCTYPE", '<!DOCTYPE x [<!ENTITY y "z">]><xml></xml>', "UNREADABLE"],
    ["larger than any documented one", `<xml>${" ".repeat(70_000)}</xml>`, "TOO_LARGE"],
    ["our own request, sent back", null, "RETURN_FAIL"],
  ])("when it is %s", async (_what, body, code) => {
    const server = await standIn((received, response) => response.end(body ?? received.body));

    expect(await failureOf(postXml(merchantAt(server.url), call))).toMatchObject({
      kind: "unknown_result",
      code,
    });
  });

  test.each([500, 502, 504, 404, 302, 204])("when its status is %i, whatever it says", async (status) => {
    const server = await standIn((received, response) => {
      response.writeHead(status, { location: "http://127.0.0.1:9/" });
      signedAnswer(() => ({}))(received, response);
    });

    const error = await failureOf(postXml(merchantAt(server.url), call));

    expect(error).toMatchObject({ kind: "unknown_result", code: "HTTP_STATUS", text: `HTTP ${status}` });
    expect(server.received).toHaveLength(1);
  });

  test("when it never comes", async () => {
    const server = await standIn(() => {});

    const error = await failureOf(
      postXml(merchantAt(server.url, { connectTimeoutMs: 100, readTimeoutMs: 100 }), call),
    );

    expect(error).toMatchObject({ kind: "unknown_result", code: "TIMEOUT" });
  });

  test("when it trickles for ever", async () => {
    const server = await standIn((_received, response) => {
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    });

    const error = await failureOf(
      postXml(merchantAt(server.url, { connectTimeoutMs: 100, readTimeoutMs: 200 }), call),
    );

    expect(error).toMatchObject({ kind: "unknown_result", code: "TIMEOUT" });
  });

  test("when the connection is reset", async () => {
    const server = await standIn((_received, response) => response.socket?.resetAndDestroy());

    expect(await failureOf(postXml(merchantAt(server.url), call))).toMatchObject({
      kind: "unknown_result",
      code: "NETWORK",
    });
  });

  test("when it breaks off half-way", async () => {
    const server = await standIn((_received, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("<xml>");
      setTimeout(() => response.destroy(), 20);
    });

    expect(await failureOf(postXml(merchantAt(server.url), call))).toMatchObject({
      kind: "unknown_result",
      code: "NETWORK",
    });
  });

  test("when nobody listens", async () => {
    const port = await freePort();

    expect(await failureOf(postXml(merchantAt(`http://127.0.0.1:${port}`), call))).toMatchObject({
      kind: "unknown_result",
      code: "NETWORK",
    });
  });
});

describe("a refusal", () => {
  test("of the message itself is unsigned: its words are kept and nothing is concluded from it", async () => {
    const server = await standIn((_received, response) =>
      response.end(
        writeXml({ return_code: "FAIL", return_msg: "签名失败", result_code: "FAIL", err_code: "ORDERPAID" }),
      ),
    );

    expect(await failureOf(postXml(merchantAt(server.url), call))).toMatchObject({
      kind: "unknown_result",
      code: "RETURN_FAIL",
      text: "签名失败",
    });
  });

  test("keeps WeChat's code and text and says what to do", async () => {
    const server = await standIn(refusal("NOAUTH", "商户无此接口权限"));

    const error = await failureOf(postXml(merchantAt(server.url), call));

    expect(error).toMatchObject({ kind: "refused", code: "NOAUTH", text: "商户无此接口权限" });
    expect(error.remedy).toContain("enable it in the merchant platform");
  });

  test.each(["SYSTEMERROR", "SYSTEM_ERROR", "FREQUENCY_LIMITED", "频率限制"])(
    "by %s is an unknown result",
    async (code) => {
      const server = await standIn(refusal(code, "系统繁忙"));

      expect(await failureOf(postXml(merchantAt(server.url), call))).toMatchObject({
        kind: "unknown_result",
        code,
      });
    },
  );

  test("with a code nobody documented stays a refusal with WeChat's words", async () => {
    const server = await standIn(refusal("SOMETHING_NEW", "新的错误"));

    expect(await failureOf(postXml(merchantAt(server.url), call))).toMatchObject({
      kind: "refused",
      code: "SOMETHING_NEW",
      text: "新的错误",
    });
  });

  test("forged without the key is no refusal", async () => {
    const server = await standIn((_received, response) =>
      response.end(
        writeXml({
          return_code: "SUCCESS",
          appid: appId,
          mch_id: mchId,
          result_code: "FAIL",
          err_code: "ORDERNOTEXIST",
          sign: "A".repeat(64),
        }),
      ),
    );

    expect(await failureOf(postXml(merchantAt(server.url), call))).toMatchObject({
      kind: "unknown_result",
      code: "UNVERIFIED",
    });
  });
});

test("no error carries the key, the signature or the address", async () => {
  const server = await standIn((_received, response) => response.writeHead(502).end("<html>"));

  const error = await failureOf(postXml(merchantAt(server.url), call));

  expect(JSON.stringify([error, error.message, error.stack])).not.toMatch(
    new RegExp(`${apiKey}|[0-9A-F]{64}`),
  );
});

async function failureOf(promise: Promise<unknown>): Promise<WechatError> {
  const error = await promise.then(
    () => new Error("nothing failed"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof WechatError) return error;
  throw error;
}
