import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call, newNumber, postRaw, readFields, signAgain } from "@/tests/support/sandbox-call";

let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const order = (fields: Record<string, string | undefined> = {}) =>
  call(sandbox, "/pay/unifiedorder", anOrder(fields));
const scene = (info: unknown) => JSON.stringify({ h5_info: info });
const wap = scene({ type: "Wap", wap_url: "http://localhost:3000", wap_name: "示例店" });

describe("unifiedorder", () => {
  test("answers a prepay_id and a code_url, signed with the order's algorithm", async () => {
    for (const signType of ["HMAC-SHA256", "MD5"]) {
      const answer = await call(sandbox, "/pay/unifiedorder", anOrder({ device_info: "WEB" }), { signType });

      expect(answer).toMatchObject({ return_code: "SUCCESS", result_code: "SUCCESS", trade_type: "NATIVE" });
      expect(answer.device_info).toBe("WEB");
      expect(answer.prepay_id).toMatch(/^wx[0-9]{14}[0-9a-f]{20}$/);
      expect(answer.code_url).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=[\w-]+$/);
      expect(answer.sign).toBe(signAgain(answer, sandbox.merchant.apiKey, signType));
    }
  });

  test("gives H5 orders a link and no code, JSAPI orders neither", async () => {
    const { openid } = await sandbox.code();

    const h5 = await order({ trade_type: "MWEB", product_id: undefined, scene_info: wap });
    const jsapi = await order({ trade_type: "JSAPI", product_id: undefined, openid });

    expect(h5.mweb_url).toContain(`prepay_id=${h5.prepay_id}`);
    expect(h5.code_url).toBeUndefined();
    expect(jsapi.prepay_id).toBeDefined();
    expect(jsapi.mweb_url).toBeUndefined();
  });

  const wrong: [string, Record<string, string | undefined>, string][] = [
    ["no body", { body: undefined }, "缺少参数：body"],
    ["no out_trade_no", { out_trade_no: undefined }, "缺少参数：out_trade_no"],
    ["no notify_url", { notify_url: undefined }, "缺少参数：notify_url"],
    ["no spbill_create_ip", { spbill_create_ip: undefined }, "缺少参数：spbill_create_ip"],
    ["no nonce", { nonce_str: undefined }, "缺少参数：nonce_str"],
    ["a long nonce", { nonce_str: "n".repeat(33) }, "参数格式校验错误：nonce_str"],
    ["a body of 128 bytes", { body: `${"店".repeat(42)}ab` }, "参数格式校验错误：body"],
    ["an attach of 128 bytes", { attach: "a".repeat(128) }, "参数格式校验错误：attach"],
    ["a number of five", { out_trade_no: "12345" }, "参数格式校验错误：out_trade_no"],
    ["a number of 33", { out_trade_no: "1".repeat(33) }, "参数格式校验错误：out_trade_no"],
    ["a number with a dot", { out_trade_no: "123456.7" }, "参数格式校验错误：out_trade_no"],
    ["no amount at all", { total_fee: "0" }, "参数格式校验错误：total_fee"],
    ["an amount in yuan", { total_fee: "88.00" }, "参数格式校验错误：total_fee"],
    ["an amount with a leading zero", { total_fee: "088" }, "参数格式校验错误：total_fee"],
    ["a negative amount", { total_fee: "-1" }, "参数格式校验错误：total_fee"],
    ["another currency", { fee_type: "USD" }, "参数格式校验错误：fee_type"],
    ["no address", { spbill_create_ip: "localhost" }, "参数格式校验错误：spbill_create_ip"],
    ["an unknown trade type", { trade_type: "CASH" }, "参数格式校验错误：trade_type"],
    ["an unknown sign type", { sign_type: "SHA1" }, "参数格式校验错误：sign_type"],
    ["a time that is none", { time_expire: "20260231000000" }, "参数格式校验错误：time_expire"],
    ["an expiry long past", { time_expire: "20200101000000" }, "时间过短"],
    ["NATIVE without product", { product_id: undefined }, "缺少参数：product_id"],
    ["JSAPI without openid", { trade_type: "JSAPI" }, "缺少参数：openid"],
    ["JSAPI with a stranger's openid", { trade_type: "JSAPI", openid: "oStranger" }, "openid not match"],
    ["H5 without scene", { trade_type: "MWEB" }, "缺少参数：scene_info"],
    ["H5 with no JSON", { trade_type: "MWEB", scene_info: "Wap" }, "参数格式校验错误：scene_info"],
    [
      "H5 without a name",
      { trade_type: "MWEB", scene_info: scene({ type: "Wap" }) },
      "参数格式校验错误：scene_info",
    ],
    ["a notify_url with a query", { notify_url: "https://shop.example/notify?a=1" }, "不能携带参数"],
    ["a relative notify_url", { notify_url: "/api/notify" }, "notify_url"],
    ["a plain http notify_url on a public name", { notify_url: "http://shop.com/notify" }, "须为https"],
    ["an unknown appid", { appid: "wx0000000000000000" }, "appid不存在"],
    ["an unknown merchant", { mch_id: "1234567890" }, "mch_id不存在"],
  ];
  test.each(wrong)("refuses %s, unsigned", async (_, fields, text) => {
    const answer = await order(fields);

    expect(answer.return_code).toBe("FAIL");
    expect(answer.return_msg).toContain(text);
    expect(answer.sign).toBeUndefined();
  });

  test("refuses an openid of the mini program for the official account", async () => {
    const { miniOpenid } = await sandbox.code();
    const mini = { trade_type: "JSAPI", openid: miniOpenid };

    expect((await order(mini)).return_msg).toContain("appid and openid not match");
    expect((await order({ ...mini, appid: sandbox.merchant.miniAppId })).result_code).toBe("SUCCESS");
  });

  test("refuses APP payment with a signed NOAUTH", async () => {
    expect(await order({ trade_type: "APP" })).toMatchObject({ result_code: "FAIL", err_code: "NOAUTH" });
  });

  test("checks the signature over everything it received", async () => {
    const fields = anOrder({ a_new_field: "1" });

    const right = await call(sandbox, "/pay/unifiedorder", fields);
    const wrongKey = await call(sandbox, "/pay/unifiedorder", anOrder(), { apiKey: "x".repeat(32) });
    const unnamed = await order({ sign_type: undefined });

    expect(right.result_code).toBe("SUCCESS");
    expect(wrongKey).toMatchObject({ return_code: "FAIL", return_msg: "签名失败" });
    expect(unnamed.return_msg).toBe("签名失败"); // HMAC without sign_type: WeChat would try MD5.
  });

  test("a field added after signing is a wrong signature", async () => {
    const fields = { ...anOrder(), appid: sandbox.merchant.appId, mch_id: sandbox.merchant.mchId };
    const signed = { ...fields, nonce_str: "n0nce", sign_type: "HMAC-SHA256" };
    const sign = signAgain(signed as Record<string, string>, sandbox.merchant.apiKey, "HMAC-SHA256");

    const answer = await call(sandbox, "/pay/unifiedorder", { ...signed, attach: "added", sign });

    expect(answer.return_msg).toBe("签名失败");
  });

  test("repeats a number with the same parameters, and refuses it with any other", async () => {
    const fields = anOrder({ attach: "a" });
    const first = await order(fields);

    const again = await order({ ...fields, nonce_str: "another" });
    const changed = await Promise.all([
      order({ ...fields, total_fee: "8801" }),
      order({ ...fields, body: "别的" }),
      order({ ...fields, attach: "b" }),
      order({ ...fields, trade_type: "MWEB", scene_info: wap }),
      order({ ...fields, spbill_create_ip: "127.0.0.2" }),
    ]);

    expect(again.result_code).toBe("SUCCESS");
    expect(again.prepay_id).not.toBe(first.prepay_id);
    for (const answer of changed) {
      expect(answer).toMatchObject({ err_code: "INVALID_REQUEST", err_code_des: "201 商户订单号重复" });
      expect(answer.sign).toBe(signAgain(answer, sandbox.merchant.apiKey, "HMAC-SHA256"));
    }
  });

  test("says ORDERPAID and ORDERCLOSED about numbers that are used up", async () => {
    const paid = anOrder();
    const closed = anOrder();
    await order(paid);
    await order(closed);
    await sandbox.pay({ outTradeNo: paid.out_trade_no });
    await sandbox.close(closed.out_trade_no);

    expect((await order(paid)).err_code).toBe("ORDERPAID");
    expect((await order(closed)).err_code).toBe("ORDERCLOSED");
  });
});

describe("what is no message", () => {
  const cases: [string, string | Buffer, string][] = [
    ["an empty body", "", "post数据为空"],
    ["bytes that are not UTF-8", Buffer.from([0x3c, 0x78, 0xff, 0xfe]), "编码格式错误"],
    ["JSON", "{}", "XML格式错误"],
    ["a DOCTYPE", "<!DOCTYPE x><xml><a>1</a></xml>", "XML格式错误"],
    ["a field twice", "<xml><a>1</a><a>2</a></xml>", "XML格式错误"],
  ];
  test.each(cases)("%s is refused with WeChat's words", async (_, body, text) => {
    const response = await postRaw(sandbox, "/pay/unifiedorder", body);

    expect(readFields(response.text)).toEqual({ return_code: "FAIL", return_msg: text });
  });

  test("GET is refused", async () => {
    const response = await postRaw(sandbox, "/pay/orderquery", "", { method: "GET" });

    expect(readFields(response.text).return_msg).toBe("请使用post方法");
  });
});

describe("orderquery", () => {
  const query = (fields: Record<string, string | undefined>) => call(sandbox, "/pay/orderquery", fields);

  test("an unpaid order answers its state and little more", async () => {
    const fields = anOrder({ attach: "mine" });
    await order(fields);

    const answer = await query({ out_trade_no: fields.out_trade_no });

    expect(answer).toMatchObject({
      trade_state: "NOTPAY",
      attach: "mine",
      out_trade_no: fields.out_trade_no,
    });
    for (const name of ["openid", "total_fee", "transaction_id", "time_end"])
      expect(answer).not.toHaveProperty(name);
  });

  test("a paid order answers all of it, by either number, the transaction's first", async () => {
    const fields = anOrder({ attach: "mine" });
    await order(fields);
    const paid = await sandbox.pay({ outTradeNo: fields.out_trade_no, couponFen: 300 });
    const [transactionId] = paid.transactionIds;

    const byNumber = await query({ out_trade_no: fields.out_trade_no });
    const byTransaction = await query({ transaction_id: transactionId, out_trade_no: "SOMETHING_ELSE" });

    expect(byNumber).toMatchObject({
      trade_state: "SUCCESS",
      transaction_id: transactionId,
      total_fee: "8800",
      cash_fee: "8500",
      coupon_fee: "300",
      settlement_total_fee: "8500",
      fee_type: "CNY",
      attach: "mine",
    });
    expect(transactionId).toMatch(/^[0-9]{28}$/);
    expect(byTransaction.out_trade_no).toBe(fields.out_trade_no);
    expect(byNumber.sign).toBe(signAgain(byNumber, sandbox.merchant.apiKey, "HMAC-SHA256"));
  });

  test("knows no number that was never submitted, nor one of another appid", async () => {
    const fields = anOrder();
    await order(fields);

    expect((await query({ out_trade_no: newNumber() })).err_code).toBe("ORDERNOTEXIST");
    expect((await query({ transaction_id: "4".repeat(28) })).err_code).toBe("ORDERNOTEXIST");
    const mini = { appid: sandbox.merchant.miniAppId, out_trade_no: fields.out_trade_no };
    expect((await query(mini)).err_code).toBe("ORDERNOTEXIST");
    expect((await query({})).return_msg).toBe("缺少参数：out_trade_no");
  });
});

describe("closeorder", () => {
  const close = (out_trade_no: string | undefined) => call(sandbox, "/pay/closeorder", { out_trade_no });

  test("not before five minutes, then once, and the number is used up", async () => {
    const fields = anOrder();
    await order(fields);

    const early = await close(fields.out_trade_no);
    await sandbox.clock({ advanceMs: 5 * 60_000 + 1 });
    const closed = await close(fields.out_trade_no);
    const again = await close(fields.out_trade_no);
    await sandbox.clock({ reset: true });

    expect(early).toMatchObject({ result_code: "FAIL", err_code: "TRADE_STATE_ERROR" });
    expect(early.err_code_des).toContain("五分钟");
    expect(closed).toMatchObject({ result_code: "SUCCESS", result_msg: "OK" });
    expect(again.err_code).toBe("ORDERCLOSED");
    const query = await call(sandbox, "/pay/orderquery", { out_trade_no: fields.out_trade_no });
    expect(query.trade_state).toBe("CLOSED");
  });

  test("the time factor shortens the five minutes", async () => {
    const fields = anOrder();
    await order(fields);
    await sandbox.clock({ factor: 100_000 }); // Three milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 10));

    const closed = await close(fields.out_trade_no);
    await sandbox.clock({ reset: true });

    expect(closed.result_code).toBe("SUCCESS");
  });

  test("never a paid or an unknown number", async () => {
    const fields = anOrder();
    await order(fields);
    await sandbox.pay({ outTradeNo: fields.out_trade_no });

    expect((await close(fields.out_trade_no)).err_code).toBe("ORDERPAID");
    expect((await close(newNumber())).err_code).toBe("ORDERNOTEXIST");
    expect((await close(undefined)).return_msg).toBe("缺少参数：out_trade_no");
  });
});

test("what moves money out wants the merchant's certificate", async () => {
  const { certFile, keyFile } = sandbox.merchant;

  const without = await postRaw(sandbox, "/secapi/pay/refund", "<xml></xml>");
  const withIt = await postRaw(sandbox, "/secapi/pay/refund", "<xml></xml>", { certFile, keyFile });
  const stranger = await startSandbox();
  const foreign = await postRaw(sandbox, "/secapi/pay/refund", "<xml></xml>", {
    certFile: stranger.merchant.certFile,
    keyFile: stranger.merchant.keyFile,
  });
  await stranger.stop();

  expect(without.status).toBe(400);
  expect(without.text).toContain("No required SSL certificate was sent");
  expect(foreign.status).toBe(400);
  expect(foreign.text).toContain("SSL certificate error");
  expect(readFields(withIt.text).return_msg).toBe("缺少参数：appid"); // The certificate passed; the message is empty.
});
