import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aDeliveringMerchant } from "@/tests/support/delivery-at-sandbox";

let it: Awaited<ReturnType<typeof aDeliveringMerchant>>;
let sandbox: typeof it.sandbox;
beforeAll(async () => {
  it = await aDeliveringMerchant();
  sandbox = it.sandbox;
});
beforeEach(async () => {
  await sandbox.disarm();
  await sandbox.clock({ reset: true });
});
afterAll(() => it.stop());

describe("a true report", () => {
  test("is accepted, and the ledger knows what it said and when", async () => {
    const order = await it.aPaidOrder();

    const answer = await it.report(it.aReport(order, { deliver_timestamp: "1401206434" }));

    expect(answer).toEqual({ errcode: 0, errmsg: "ok" });
    const [report, ...more] = await sandbox.reports(order.outTradeNo);
    expect(more).toEqual([]);
    expect(report).toMatchObject({
      transactionId: order.transactionId,
      openid: order.openid,
      status: 1,
      message: "ok",
      deliverTimestamp: "1401206434",
      copies: 1,
    });
    expect((await sandbox.order(order.outTradeNo)).reports).toEqual([report]);
  });

  test("says with status 0 why nothing was delivered", async () => {
    const order = await it.aPaidOrder();

    await it.report(it.aReport(order, { deliver_status: "0", deliver_msg: "该商品已退款" }));

    expect(await sandbox.reports(order.outTradeNo)).toMatchObject([{ status: 0, message: "该商品已退款" }]);
  });

  test("that comes again byte for byte is the same one; any other byte makes another", async () => {
    const order = await it.aPaidOrder();
    const body = JSON.stringify(it.aReport(order));

    for (let nth = 0; nth < 3; nth += 1) await it.report(body);
    await it.report(` ${body}`);

    expect((await sandbox.reports(order.outTradeNo)).map((one) => one.copies)).toEqual([3, 1]);
  });

  test("is one a transaction, also when a number was paid twice", async () => {
    const order = await it.aPaidOrder({ twice: true });
    const before = (await sandbox.state()).totals;

    for (const transactionId of order.transactionIds) {
      await it.report(it.aReport({ ...order, transactionId }));
    }

    const { totals } = await sandbox.state();
    expect(totals.reports - before.reports).toBe(2);
    expect(totals.transactionsReported - before.transactionsReported).toBe(2);
  });
});

describe("a report is refused", () => {
  /** What it is told, with an ordinary paid order and this change; nothing may reach the ledger. */
  async function refused(change: Record<string, unknown>) {
    const order = await it.aPaidOrder();
    const answer = await it.report(it.aReport(order, change));
    expect(await sandbox.reports(order.outTradeNo)).toEqual([]);
    return answer.errcode;
  }

  test("49001: it names another appid than the token's", async () => {
    expect(await refused({ appid: sandbox.merchant.miniAppId })).toBe(49001);
  });

  test("49001: the token is the mini program's", async () => {
    const order = await it.aPaidOrder();

    expect((await it.report(it.aReport(order), await it.token("mini"))).errcode).toBe(49001);
  });

  test("49002: openid or transid is empty or left out", async () => {
    for (const name of ["openid", "transid"]) {
      expect(await refused({ [name]: "" })).toBe(49002);
      expect(await refused({ [name]: undefined })).toBe(49002);
    }
  });

  test("49003: the openid is another account's, nobody's, or not the payer's", async () => {
    const { miniOpenid } = await sandbox.code({ buyer: "lin" });
    const { openid: stranger } = await sandbox.code({ buyer: "zhou" });

    for (const openid of [miniOpenid, "oNobodyKnowsThisOne0123456789", stranger]) {
      expect(await refused({ openid })).toBe(49003);
    }
  });

  test("49003: it was paid with the mini program, and is reported with the official account", async () => {
    const order = await it.aPaidOrder({ app: "mini" });

    expect((await it.report(it.aReport(order))).errcode).toBe(49003);
  });

  test("49004: the signature is wrong, in capitals, or of other values than are sent", async () => {
    const order = await it.aPaidOrder();
    const right = it.aReport(order);

    for (const app_signature of ["0".repeat(40), right.app_signature.toUpperCase(), "", "短"]) {
      expect(await refused({ app_signature })).toBe(49004);
    }
    for (const name of ["out_trade_no", "deliver_timestamp", "deliver_status", "deliver_msg"] as const) {
      const changed = {
        ...right,
        // Another last character, whatever the last one was: a time may well end in any digit.
        [name]:
          name === "deliver_status" ? "0" : right[name].replace(/.$/, (last) => (last === "7" ? "8" : "7")),
      };
      expect({ name, errcode: (await it.report(changed)).errcode }).toEqual({ name, errcode: 49004 });
    }
  });

  test("49005: the transaction does not exist, or is another number's", async () => {
    const other = await it.aPaidOrder();

    expect(await refused({ transid: "4299000000202601010000000000" })).toBe(49005);
    expect(await refused({ transid: other.transactionId })).toBe(49005);
    expect(await refused({ out_trade_no: other.outTradeNo })).toBe(49005);
  });

  test("47001: it is no JSON, no object, has a number in it, or a value that nothing allows", async () => {
    for (const body of ["", "appid=1", "[]", "null", '"text"']) {
      expect({ body, errcode: (await it.report(body)).errcode }).toEqual({ body, errcode: 47001 });
    }
    const wrong = [
      { deliver_timestamp: Math.trunc(Date.now() / 1000) },
      { deliver_status: 1 },
      { deliver_status: "2" },
      { deliver_status: "" },
      { deliver_msg: "" },
      { deliver_msg: undefined },
      { deliver_timestamp: "yesterday" },
      { sign_method: "md5" },
      { app_signature: undefined },
      { appid: null },
    ];
    for (const change of wrong) {
      expect({ change, errcode: await refused(change) }).toEqual({ change, errcode: 47001 });
    }
  });

  test("43002: it is asked for with GET", async () => {
    const text = await it.getForText("/pay/delivernotify", await it.token());

    expect(JSON.parse(text).errcode).toBe(43002);
  });
});

describe("the access token", () => {
  const errcodeWith = async (accessToken: string | undefined) => {
    const order = await it.aPaidOrder();
    return (await it.post("/pay/delivernotify", it.aReport(order), accessToken)).errcode;
  };

  test("41001 without one, 40014 for what is none, 40001 for one that was never issued", async () => {
    const real = await it.token();

    expect(await errcodeWith(undefined)).toBe(41001);
    expect(await errcodeWith("")).toBe(41001);
    expect(await errcodeWith("nonsense")).toBe(40014);
    expect(await errcodeWith(`${real}x`)).toBe(40014);
    expect(await errcodeWith(`${real.slice(0, -1)}${real.endsWith("A") ? "B" : "A"}`)).toBe(40001);
    expect(await errcodeWith(real)).toBe(0);
  });

  test("42001 when its two hours are over", async () => {
    const real = await it.token();

    await sandbox.clock({ advanceMs: 2 * 60 * 60_000 });

    expect(await errcodeWith(real)).toBe(42001);
    expect(await errcodeWith(await it.token())).toBe(0);
  });

  test("42001 as soon as it is told to run out, and the next one is new", async () => {
    const [real, mini] = [await it.token(), await it.token("mini")];

    const told = await sandbox.expireToken();
    const fresh = await it.token();

    expect(told.appId).toBe(sandbox.merchant.appId);
    expect(told.expired).toBeGreaterThan(0);
    expect(await errcodeWith(real)).toBe(42001);
    expect(fresh).not.toBe(real);
    expect(await it.token()).toBe(fresh);
    expect(await errcodeWith(fresh)).toBe(0);
    expect(await it.token("mini")).toBe(mini);
    await sandbox.expireToken({ app: "mini" });
    expect(await it.token("mini")).not.toBe(mini);
  });

  test("of the classic service works too, and gets 40001 five minutes after a newer one came", async () => {
    const first = await it.classicToken();
    expect(await errcodeWith(first)).toBe(0);
    const second = await it.classicToken();

    expect(await errcodeWith(first)).toBe(0);
    await sandbox.clock({ advanceMs: 5 * 60_000 });

    expect(await errcodeWith(first)).toBe(40001);
    expect(await errcodeWith(second)).toBe(0);
  });
});

describe("a report whose call goes wrong", () => {
  const executed = ["reset", "garbage", "system-error-after"] as const;
  test.each(executed)(
    "%s: it was accepted all the same, and the same bytes again add nothing",
    async (kind) => {
      const order = await it.aPaidOrder();
      const body = JSON.stringify(it.aReport(order));
      const other = await it.aPaidOrder();
      await sandbox.fault({ call: "delivernotify", kind, outTradeNo: order.outTradeNo });

      expect((await it.report(it.aReport(other))).errcode).toBe(0); // Not meant.
      const answer = await it
        .postForText("/pay/delivernotify", body, await it.token())
        .catch(() => "broken off");
      await it.report(body);

      expect(answer).not.toContain('"errcode":0');
      expect(await sandbox.reports(order.outTradeNo)).toMatchObject([{ copies: 2 }]);
    },
  );

  const before = ["reset-before", "bad-gateway", "system-error", "error"] as const;
  test.each(before)("%s: nothing was accepted, and the next try is", async (kind) => {
    const order = await it.aPaidOrder();
    const body = JSON.stringify(it.aReport(order));
    await sandbox.fault({ call: "delivernotify", kind, outTradeNo: order.outTradeNo });

    const answer = await it
      .postForText("/pay/delivernotify", body, await it.token())
      .catch(() => "broken off");
    const nothing = await sandbox.reports(order.outTradeNo);
    await it.report(body);

    expect(answer).not.toContain('"errcode":0');
    expect(nothing).toEqual([]);
    expect(await sandbox.reports(order.outTradeNo)).toMatchObject([{ copies: 1 }]);
  });

  test("error: with any code, in WeChat's own words", async () => {
    const order = await it.aPaidOrder();
    const fault = { call: "delivernotify", kind: "error", outTradeNo: order.outTradeNo } as const;

    await sandbox.fault({ ...fault, options: { code: "48001" } });
    await sandbox.fault({ ...fault, options: { code: "-1", text: "忙" } });

    expect(await it.report(it.aReport(order))).toEqual({ errcode: 48001, errmsg: "api unauthorized" });
    expect(await it.report(it.aReport(order))).toEqual({ errcode: -1, errmsg: "忙" });
    const calls = await sandbox.calls({ outTradeNo: order.outTradeNo, call: "delivernotify" });
    expect(calls.map((one) => one.outcome)).toEqual(["-1", "48001"]);
  });

  test("a token that is refused uses up no fault, and the call stands in the list with its number", async () => {
    const order = await it.aPaidOrder();
    await sandbox.fault({ call: "delivernotify", kind: "system-error", outTradeNo: order.outTradeNo });

    const refused = await it.report(it.aReport(order), "nonsense");
    const struck = await it.report(it.aReport(order, { out_trade_no: "ANOTHER" }));

    expect([refused.errcode, struck.errcode]).toEqual([40014, -1]);
    const calls = await sandbox.calls({ outTradeNo: order.outTradeNo, call: "delivernotify" });
    expect(calls.map((one) => [one.outcome, one.fault])).toEqual([
      ["-1", "system-error"],
      ["40014", null],
    ]);
  });
});
