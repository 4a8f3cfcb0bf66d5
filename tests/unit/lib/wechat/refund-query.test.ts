import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WechatError } from "@/lib/wechat/errors";
import { queryAllRefunds, queryRefunds } from "@/lib/wechat/refund-query";
import type { Fields } from "@/lib/wechat/xml";
import samples from "@/tests/vectors/sample-messages.json" with { type: "json" };
import { appId, merchantAt, refusal, signedAnswer, standIn } from "./stand-in";

const transactionId = "4200000000202604010000000001";
const outRefundNo = "RF20260402000001";
const by = { appId, signType: "HMAC-SHA256" as const };
const head = { transaction_id: transactionId, out_trade_no: "SO20260401000001", total_fee: "8800" };
const one = {
  ...head,
  refund_count: "1",
  out_refund_no_0: outRefundNo,
  refund_id_0: "50000000012026040200000000001",
  refund_channel_0: "ORIGINAL",
  refund_fee_0: "1200",
  settlement_refund_fee_0: "1100",
  refund_status_0: "SUCCESS",
  refund_account_0: "REFUND_SOURCE_UNSETTLED_FUNDS",
  refund_recv_accout_0: "招商银行信用卡0403",
  refund_success_time_0: "2026-04-02 10:01:30",
};

describe("asking for one refund", () => {
  test("the question is the sample's, signature and all", async () => {
    const server = await standIn(signedAnswer(() => one));
    const nonce = "0b9f35f484df17a732e537c37708d1d0";

    await queryRefunds(merchantAt(server.url), { appId, signType: "MD5", by: { outRefundNo }, nonce });

    const sample = samples.signed.find(({ name }) => name === "refundquery");
    expect(server.received[0]?.path).toBe("/pay/refundquery");
    expect({ ...server.received[0]?.fields }).toEqual({ ...sample?.fields, sign: sample?.sign });
    expect(sample?.sign).toBe("F2FDFC13266D557F696E4A6BA9DEC34A");
  });

  test("one that succeeded answers its facts", async () => {
    const server = await standIn(signedAnswer(() => one));

    expect(await queryRefunds(merchantAt(server.url), { ...by, by: { outRefundNo } })).toEqual({
      transactionId,
      outTradeNo: "SO20260401000001",
      totalFen: 8800,
      totalCount: 1,
      refunds: [
        {
          outRefundNo,
          refundId: "50000000012026040200000000001",
          refundFen: 1200,
          settlementRefundFen: 1100,
          status: "SUCCESS",
          refundRecvAccout: "招商银行信用卡0403",
          channel: "ORIGINAL",
          refundAccount: "REFUND_SOURCE_UNSETTLED_FUNDS",
          successAt: new Date("2026-04-02T02:01:30Z"),
        },
      ],
    });
  });

  test.each(["PROCESSING", "CHANGE", "REFUNDCLOSE", "SUCCESS"])(
    "%s needs nothing but numbers and amounts",
    async (status) => {
      const server = await standIn(
        signedAnswer(() => ({
          ...head,
          refund_count: "1",
          out_refund_no_0: outRefundNo,
          refund_id_0: "50000000012026040200000000001",
          refund_fee_0: "1200",
          refund_status_0: status,
          refund_recv_accout_0: "",
          refund_success_time_0: "",
        })),
      );

      const answer = await queryRefunds(merchantAt(server.url), { ...by, by: { outRefundNo } });

      expect(answer?.refunds).toEqual([
        expect.objectContaining({
          status,
          settlementRefundFen: null,
          refundRecvAccout: null,
          successAt: null,
        }),
      ]);
    },
  );

  test("a refund that vouchers paid settles to nothing", async () => {
    const server = await standIn(signedAnswer(() => ({ ...one, settlement_refund_fee_0: "0" })));

    const answer = await queryRefunds(merchantAt(server.url), { ...by, by: { outRefundNo } });

    expect(answer?.refunds[0]?.settlementRefundFen).toBe(0);
  });

  test.each(["REFUNDNOTEXIST", "REFUND_NOT_EXIST"])("%s means that there is none", async (code) => {
    const server = await standIn(refusal(code, "退款单不存在"));

    expect(await queryRefunds(merchantAt(server.url), { ...by, by: { outRefundNo } })).toBeNull();
  });

  test.each(["SYSTEMERROR", "INVALID_TRANSACTIONID", "PARAM_ERROR", "ORDERNOTEXIST"])(
    "%s does not mean that there is none",
    async (code) => {
      const server = await standIn(refusal(code, "不行"));

      const failure = queryRefunds(merchantAt(server.url), { ...by, by: { outRefundNo } });

      await expect(failure).rejects.toMatchObject({ code });
    },
  );

  test.each<[string, Record<string, string | undefined>]>([
    ["no refund_count", { refund_count: undefined }],
    ["a count that is no number", { refund_count: "one" }],
    ["a count of none", { refund_count: "0" }],
    ["fewer refunds than counted", { refund_count: "2" }],
    ["more refunds than counted", { out_refund_no_1: "RF20260402000002" }],
    ["more refunds than a page holds", { refund_count: "11" }],
    ["no number", { out_refund_no_0: undefined }],
    ["a malformed number", { out_refund_no_0: "RF 1" }],
    ["no refund_id", { refund_id_0: undefined }],
    ["no amount", { refund_fee_0: undefined }],
    ["an amount of 12.00", { refund_fee_0: "12.00" }],
    ["an amount of nothing", { refund_fee_0: "0" }],
    ["more than the order", { refund_fee_0: "8801" }],
    ["a settlement of 11.00", { settlement_refund_fee_0: "11.00" }],
    ["no state", { refund_status_0: undefined }],
    ["a state nobody documented", { refund_status_0: "HAPPY" }],
    ["a state in small letters", { refund_status_0: "success" }],
    ["a time that is none", { refund_success_time_0: "2026-02-31 10:01:30" }],
    ["a time in another form", { refund_success_time_0: "20260402100130" }],
    ["no transaction", { transaction_id: undefined }],
    ["no order", { out_trade_no: undefined }],
    ["no order's amount", { total_fee: undefined }],
    ["a total that is no number", { total_refund_count: "-1" }],
  ])("an answer with %s is an unknown result", async (_what, change) => {
    const server = await standIn(signedAnswer(() => ({ ...one, ...change })));

    const failure = queryRefunds(merchantAt(server.url), { ...by, by: { outRefundNo } });

    await expect(failure).rejects.toMatchObject({ kind: "unknown_result", code: "INCOMPLETE" });
  });

  test("one of another number is not ours, alone or beside it", async () => {
    const other = await standIn(signedAnswer(() => ({ ...one, out_refund_no_0: "RF20260402000002" })));
    const both = await standIn(
      signedAnswer(() => pageOf([outRefundNo, "RF20260402000002"], { offset: 0, total: 2 })),
    );

    for (const server of [other, both]) {
      const failure = queryRefunds(merchantAt(server.url), { ...by, by: { outRefundNo } });
      await expect(failure).rejects.toMatchObject({ kind: "unknown_result", code: "NOT_OURS" });
    }
  });

  test("whatever comes back is an answer about it or an unknown result", async () => {
    let answer: Record<string, string | undefined> = one;
    const server = await standIn(signedAnswer(() => answer));
    const merchant = merchantAt(server.url);
    const hostile = fc.oneof(
      fc.constantFrom("", "0", "-1", "1e2", "9".repeat(30), "__proto__", "SUCCESS", outRefundNo, undefined),
      fc.string({ unit: "grapheme-ascii", maxLength: 12 }),
    );

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(one)), hostile, async (name, value) => {
        answer = { ...one, [name]: value };
        try {
          const { refunds } = (await queryRefunds(merchant, { ...by, by: { outRefundNo } })) ?? {};
          expect(refunds).toMatchObject([{ outRefundNo, refundFen: expect.any(Number) }]);
        } catch (error) {
          expect(error).toBeInstanceOf(WechatError);
          expect(error).toMatchObject({ kind: "unknown_result" });
        }
      }),
    );
  });
});

describe("asking for all refunds of a transaction", () => {
  const of = { ...by, transactionId };

  test.each([1, 9, 10, 11, 20, 35, 50])("%i come in pages of ten, each once", async (count) => {
    const wechat = listOf(count);
    const server = await standIn(wechat.answer);

    const answer = await queryAllRefunds(merchantAt(server.url), of);

    expect(answer?.refunds.map((refund) => refund.outRefundNo)).toEqual(wechat.list);
    expect(answer?.totalCount).toBe(count);
    expect(server.received.map(({ fields }) => fields.offset)).toEqual(
      ["0", "10", "20", "30", "40"].slice(0, Math.ceil(count / 10)),
    );
  });

  test("none is null", async () => {
    const server = await standIn(refusal("REFUNDNOTEXIST", "退款单不存在"));

    expect(await queryAllRefunds(merchantAt(server.url), of)).toBeNull();
  });

  test("a page that does not say the total is enough while it is not full", async () => {
    const server = await standIn(
      signedAnswer(() => ({ ...pageOf(["A", "B"], { offset: 0 }), total_refund_count: undefined })),
    );

    expect((await queryAllRefunds(merchantAt(server.url), of))?.totalCount).toBe(2);
  });

  test("one refund of everything may count as no partial one", async () => {
    const server = await standIn(signedAnswer(() => ({ ...one, total_refund_count: "0" })));

    expect((await queryAllRefunds(merchantAt(server.url), of))?.refunds).toHaveLength(1);
  });

  test("a full page that does not say the total is an unknown result", async () => {
    const wechat = listOf(12);
    const server = await standIn(
      signedAnswer((request) => ({ ...wechat.page(request), total_refund_count: undefined })),
    );

    await expect(queryAllRefunds(merchantAt(server.url), of)).rejects.toMatchObject({ code: "INCOMPLETE" });
  });

  test("a refund made while they are read is in, and none is lost for it", async () => {
    const wechat = listOf(15);
    const server = await standIn((received, response) => {
      if (server.received.length === 2) wechat.list.unshift("NEW");
      wechat.answer(received, response);
    });

    const answer = await queryAllRefunds(merchantAt(server.url), of);

    expect(answer?.refunds.map((refund) => refund.outRefundNo)).toEqual(wechat.list);
    expect(wechat.list).toHaveLength(16);
  });

  test("a list that shrinks below the page that is asked for is read again", async () => {
    const wechat = listOf(11);
    const server = await standIn((received, response) => {
      if (server.received.length === 2) wechat.list.pop();
      wechat.answer(received, response);
    });

    const answer = await queryAllRefunds(merchantAt(server.url), of);

    expect(answer?.refunds.map((refund) => refund.outRefundNo)).toEqual(wechat.list);
    expect(server.received).toHaveLength(3);
  });

  test.each<[string, (turn: number, request: Fields) => Record<string, string>]>([
    ["never holds still", (turn, request) => listOf(20 + turn).page(request)],
    ["answers the same page for ever", () => listOf(50).page({ offset: "0" })],
    [
      "promises more than it has",
      (_turn, { offset = "0" }) => pageOf([`R${offset}`], { offset: 0, total: 50 }),
    ],
  ])("a list that %s is an unknown result in the end", async (_what, page) => {
    const server = await standIn(signedAnswer((request) => page(server.received.length, request)));

    await expect(queryAllRefunds(merchantAt(server.url), of)).rejects.toMatchObject({
      kind: "unknown_result",
      code: "INCOMPLETE",
    });
    expect(server.received.length).toBeLessThanOrEqual(15);
  });

  test("more refunds than WeChat allows are not read half", async () => {
    const server = await standIn(listOf(51).answer);

    await expect(queryAllRefunds(merchantAt(server.url), of)).rejects.toMatchObject({ code: "INCOMPLETE" });
    expect(server.received).toHaveLength(1);
  });

  test("another transaction's are not ours", async () => {
    const server = await standIn(
      signedAnswer(() => ({ ...one, transaction_id: "4200000000202604010000000002" })),
    );

    await expect(queryAllRefunds(merchantAt(server.url), of)).rejects.toMatchObject({ code: "NOT_OURS" });
  });

  test("one number twice on a page is an unknown result", async () => {
    const server = await standIn(signedAnswer(() => pageOf(["A", "B", "A"], { offset: 0 })));

    await expect(queryAllRefunds(merchantAt(server.url), of)).rejects.toMatchObject({ code: "INCOMPLETE" });
  });

  test("an error on the second page is no shorter list", async () => {
    const wechat = listOf(11);
    const server = await standIn((received, response) => {
      const answer = server.received.length === 2 ? refusal("SYSTEMERROR", "系统超时") : wechat.answer;
      answer(received, response);
    });

    await expect(queryAllRefunds(merchantAt(server.url), of)).rejects.toMatchObject({ code: "SYSTEMERROR" });
  });
});

/** What WeChat answers of `count` refunds, newest first; a test may change the list meanwhile. */
function listOf(count: number) {
  const list = Array.from({ length: count }, (_, index) => `RF${count - index}`);
  const page = (request: Fields): Record<string, string> => {
    const offset = Number(request.offset);
    if (offset >= list.length) return { result_code: "FAIL", err_code: "PARAM_ERROR" };
    return pageOf(list.slice(offset, offset + 10), { offset, total: list.length });
  };
  return { list, page, answer: signedAnswer(page) };
}

function pageOf(numbers: string[], of: { offset: number; total?: number }): Record<string, string> {
  const fields: Record<string, string> = {
    ...head,
    total_refund_count: String(of.total ?? numbers.length),
    refund_count: String(numbers.length),
  };
  for (const [n, number] of numbers.entries()) {
    fields[`out_refund_no_${n}`] = number;
    fields[`refund_id_${n}`] = `5000${number}`;
    fields[`refund_fee_${n}`] = "100";
    fields[`refund_status_${n}`] = "PROCESSING";
  }
  return fields;
}
