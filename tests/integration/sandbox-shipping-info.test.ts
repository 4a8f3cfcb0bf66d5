import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aDeliveringMerchant, aParcel } from "@/tests/support/delivery-at-sandbox";

let it: Awaited<ReturnType<typeof aDeliveringMerchant>>;
let sandbox: typeof it.sandbox;
beforeAll(async () => {
  it = await aDeliveringMerchant();
  sandbox = it.sandbox;
});
beforeEach(async () => {
  await sandbox.disarm();
  await sandbox.clock({ reset: true });
  await sandbox.shippingSettings({ knownAfterMs: 0 });
});
afterAll(() => it.stop());

type Paid = Awaited<ReturnType<typeof it.aPaidOrder>>;
type Change = Record<string, unknown>;
const aMiniOrder = () => it.aPaidOrder({ app: "mini" });
const errcode = async (body: unknown, token?: string) => (await it.upload(body, token)).errcode;
const split = (isAllDelivered: boolean, ...parcels: unknown[]) => ({
  delivery_mode: 2,
  is_all_delivered: isAllDelivered,
  shipping_list: parcels,
});
async function orderOf({ transactionId }: Paid) {
  const answer = await it.getOrder({ transaction_id: transactionId });
  return answer.order as Record<string, unknown> & { shipping: Record<string, unknown> };
}

describe("shipping info", () => {
  test("of one parcel ships the payment, and get_order tells it as WeChat does", async () => {
    const order = await aMiniOrder();
    const before = await orderOf(order);
    const upload = it.anUpload(order, { upload_time: "2026-11-26T13:29:35.120+08:00" });

    expect(await it.upload(upload)).toEqual({ errcode: 0, errmsg: "ok" });

    expect(before).toMatchObject({
      order_state: 1,
      shipping: { finish_shipping: false, finish_shipping_count: 0, shipping_list: [] },
    });
    expect(await orderOf(order)).toEqual({
      transaction_id: order.transactionId,
      merchant_id: sandbox.merchant.mchId,
      sub_merchant_id: "",
      merchant_trade_no: order.outTradeNo,
      description: "红富士苹果*1",
      paid_amount: 8800,
      openid: order.openid,
      trade_create_time: before.trade_create_time,
      pay_time: before.pay_time,
      order_state: 2,
      in_complaint: false,
      shipping: {
        delivery_mode: 1,
        logistics_type: 1,
        finish_shipping: true,
        goods_desc: "",
        finish_shipping_count: 1,
        shipping_list: [
          {
            tracking_no: "ZT1",
            express_company: "ZTO",
            goods_desc: "红富士苹果*1",
            upload_time: Date.parse("2026-11-26T13:29:35.120+08:00") / 1000 - 0.12,
          },
        ],
      },
    });
    expect(await sandbox.uploads(order.outTradeNo)).toMatchObject([
      {
        transactionId: order.transactionId,
        isAllDelivered: true,
        isReship: false,
        parcels: [aParcel("ZT1")],
      },
    ]);
  });

  test("names the payment by the merchant's number as well, and so does get_order", async () => {
    const order = await aMiniOrder();
    const { mchId: mchid } = sandbox.merchant;
    const order_key = { order_number_type: 1, mchid, out_trade_no: order.outTradeNo };

    expect(await errcode(it.anUpload(order, { order_key }))).toBe(0);

    const question = { merchant_id: mchid, merchant_trade_no: order.outTradeNo };
    expect(await it.getOrder(question)).toMatchObject({ errcode: 0, order: { order_state: 2 } });
  });

  test.each([2, 3, 4])(
    "of logistics_type %i is one entry with a description alone",
    async (logistics_type) => {
      const order = await aMiniOrder();

      expect(
        await errcode(it.anUpload(order, { logistics_type, shipping_list: [{ item_desc: "话费" }] })),
      ).toBe(0);

      const { shipping } = await orderOf(order);
      expect(shipping).toMatchObject({
        logistics_type,
        shipping_list: [{ tracking_no: "", goods_desc: "话费" }],
      });
    },
  );

  test("of a split delivery adds up, and is finished by the one that says so", async () => {
    const order = await aMiniOrder();

    expect(await errcode(it.anUpload(order, split(false, aParcel("ZT1"))))).toBe(0);
    const halfWay = await orderOf(order);
    expect(await errcode(it.anUpload(order, split(true, aParcel("ZT2"))))).toBe(0);
    const whole = await orderOf(order);

    expect(halfWay).toMatchObject({ order_state: 1, shipping: { finish_shipping: false } });
    expect(whole).toMatchObject({
      order_state: 2,
      description: "红富士苹果*1;红富士苹果*1",
      shipping: {
        finish_shipping: true,
        finish_shipping_count: 1,
        shipping_list: [{ tracking_no: "ZT1" }, { tracking_no: "ZT2" }],
      },
    });
    expect(await sandbox.uploads(order.outTradeNo)).toHaveLength(2);
  });

  test("of 顺丰 shows who is called, masked", async () => {
    const order = await aMiniOrder();
    const contact = { receiver_contact: "189****1234" };
    const parcel = aParcel("SF1", { express_company: "SF", contact });

    expect(await errcode(it.anUpload(order, { shipping_list: [parcel] }))).toBe(0);

    expect((await orderOf(order)).shipping.shipping_list).toMatchObject([{ contact }]);
  });
});

describe("shipping info is refused", () => {
  const long = (length: number) => "字".repeat(length);
  const forms: [number, string, Change][] = [
    [47001, "a string for delivery_mode", { delivery_mode: "1" }],
    [47001, "a string for logistics_type", { logistics_type: "1" }],
    [47001, "an object for shipping_list", { shipping_list: aParcel("ZT1") }],
    [47001, "text for parcels", { shipping_list: ["ZT1"] }],
    [47001, "a string for is_all_delivered", { ...split(true, aParcel("ZT1")), is_all_delivered: "true" }],
    [47001, "a number for upload_time", { upload_time: 1 }],
    [268485194, "no order_key", { order_key: undefined }],
    [268485194, "an unknown kind of number", { order_key: { order_number_type: 3 } }],
    [268485195, "kind 2 without transaction_id", { order_key: { order_number_type: 2 } }],
    [268485196, "kind 1 without mchid", { order_key: { order_number_type: 1, out_trade_no: "X" } }],
    [268485197, "kind 1 without out_trade_no", { order_key: { order_number_type: 1, mchid: "1" } }],
    [10060005, "an unknown logistics_type", { logistics_type: 5 }],
    [268485224, "an unknown delivery_mode", { delivery_mode: 3 }],
    [
      10060006,
      "a split delivery in the same city",
      { ...split(true, { item_desc: "x" }), logistics_type: 2 },
    ],
    [10060007, "a split delivery that does not say whether it is all", { delivery_mode: 2 }],
    [268485228, "two parcels, unified", { shipping_list: [aParcel("ZT1"), aParcel("ZT2")] }],
    [268485228, "no parcel, unified", { shipping_list: [] }],
    [10060014, "no parcel, split", split(true)],
    [
      10060024,
      "sixteen parcels",
      split(true, ...Array.from({ length: 16 }, (_, nth) => aParcel(`ZT${nth}`))),
    ],
    [10060008, "no description", { shipping_list: [aParcel("ZT1", { item_desc: "" })] }],
    [10060009, "121 characters of it", { shipping_list: [aParcel("ZT1", { item_desc: long(121) })] }],
    [268485226, "no tracking number", { shipping_list: [aParcel("")] }],
    [268485227, "no company", { shipping_list: [aParcel("ZT1", { express_company: undefined })] }],
    [
      10060025,
      "a company's id of 129 bytes",
      { shipping_list: [aParcel("1", { express_company: long(43) })] },
    ],
    [10060026, "a tracking number of 129 bytes", { shipping_list: [aParcel(long(43))] }],
    [10060014, "顺丰 without a contact", { shipping_list: [aParcel("SF1", { express_company: "SF" })] }],
    [
      10060014,
      "a phone that is not masked",
      { shipping_list: [aParcel("1", { contact: { receiver_contact: "18900001234" } })] },
    ],
    [268485216, "a time without milliseconds", { upload_time: "2026-11-26T13:29:35+08:00" }],
    [268485216, "a time with +0800", { upload_time: "2026-11-26T13:29:35.120+0800" }],
    [268485216, "a time in Z", { upload_time: "2026-11-26T13:29:35.120Z" }],
    [268485216, "a time that is none", { upload_time: "2026-13-26T13:29:35.120+08:00" }],
    [10060014, "no payer", { payer: {} }],
  ];
  test.each(forms)("%i: %s", async (code, _, change) => {
    const order = await aMiniOrder();

    expect(await errcode(it.anUpload(order, change))).toBe(code);

    expect(await sandbox.uploads(order.outTradeNo)).toEqual([]);
  });

  test("120 characters and fifteen parcels are still allowed", async () => {
    const order = await aMiniOrder();
    const parcels = Array.from({ length: 15 }, (_, nth) => aParcel(`ZT${nth}`, { item_desc: long(120) }));

    expect(await errcode(it.anUpload(order, split(true, ...parcels)))).toBe(0);

    expect((await orderOf(order)).description).toBe(`${long(120)}...`);
  });

  test("10060024: the sixteenth parcel of a payment", async () => {
    const order = await aMiniOrder();
    const parcels = Array.from({ length: 15 }, (_, nth) => aParcel(`ZT${nth}`));
    await it.upload(it.anUpload(order, split(false, ...parcels)));

    expect(await errcode(it.anUpload(order, split(true, aParcel("ZT15"))))).toBe(10060024);
  });

  test("10060001: unknown, another merchant's, or paid with the official account", async () => {
    const order = await aMiniOrder();
    const official = await it.aPaidOrder();
    const unknown = { order_number_type: 2, transaction_id: "4299000000202601010000000000" };
    const foreign = { order_number_type: 1, mchid: "1900000109", out_trade_no: order.outTradeNo };

    expect(await errcode(it.anUpload(order, { order_key: unknown }))).toBe(10060001);
    expect(await errcode(it.anUpload(order, { order_key: foreign }))).toBe(10060001);
    expect(await errcode(it.anUpload(official))).toBe(10060001);
    expect((await it.getOrder({ transaction_id: official.transactionId })).errcode).toBe(10060001);
  });

  test("10060001: paid so recently that the service does not know it yet", async () => {
    await sandbox.shippingSettings({ knownAfterMs: 10_000 });
    const order = await aMiniOrder();

    const early = [
      await errcode(it.anUpload(order)),
      (await it.getOrder({ transaction_id: order.transactionId })).errcode,
    ];
    await sandbox.clock({ factor: 100 });
    await sandbox.clock({ advanceMs: 100 });

    expect(early).toEqual([10060001, 10060001]);
    expect(await errcode(it.anUpload(order))).toBe(0);
  });

  test("10060031: the openid is another buyer's, or the payer's of the official account", async () => {
    const order = await aMiniOrder();
    const lin = await sandbox.code({ buyer: "lin" });
    const zhou = await sandbox.code({ buyer: "zhou" });

    for (const openid of [lin.openid, zhou.miniOpenid]) {
      expect(await errcode(it.anUpload(order, { payer: { openid } }))).toBe(10060031);
    }
  });

  test("10060004: refunded in full, or the buyer has confirmed the receipt", async () => {
    const [refunded, confirmed] = [await aMiniOrder(), await aMiniOrder()];
    await sandbox.portalRefund({ outTradeNo: refunded.outTradeNo, refundFen: 8800, settleMs: 0 });
    await expect.poll(async () => (await orderOf(refunded)).order_state).toBe(5);
    await sandbox.confirmReceipt({ outTradeNo: confirmed.outTradeNo });

    expect(await errcode(it.anUpload(refunded))).toBe(10060004);
    expect(await errcode(it.anUpload(confirmed))).toBe(10060004);

    expect((await orderOf(confirmed)).order_state).toBe(3);
    await sandbox.confirmReceipt({ outTradeNo: confirmed.outTradeNo, completed: true });
    expect((await orderOf(confirmed)).order_state).toBe(4);
  });

  test("a partly refunded payment can be shipped", async () => {
    const order = await aMiniOrder();
    const refund = await sandbox.portalRefund({ outTradeNo: order.outTradeNo, refundFen: 100, settleMs: 0 });
    await expect.poll(async () => (await sandbox.refund(refund.outRefundNo))?.status).toBe("SUCCESS");

    expect(await errcode(it.anUpload(order))).toBe(0);
  });

  test("48001: the token is the official account's; 41001: there is none", async () => {
    const order = await aMiniOrder();

    expect(await errcode(it.anUpload(order), await it.token("official"))).toBe(48001);
    expect((await it.post("/wxa/sec/order/upload_shipping_info", it.anUpload(order))).errcode).toBe(41001);
    expect(
      (await it.getOrder({ transaction_id: order.transactionId }, await it.token("official"))).errcode,
    ).toBe(48001);
  });

  test("get_order wants a number, whole and as text", async () => {
    const { mchId: merchant_id } = sandbox.merchant;

    expect((await it.getOrder({})).errcode).toBe(268485196);
    expect((await it.getOrder({ merchant_id })).errcode).toBe(268485197);
    expect((await it.getOrder({ transaction_id: 4299 })).errcode).toBe(47001);
    expect((await it.getOrder({ merchant_id, merchant_trade_no: "NO_SUCH" })).errcode).toBe(10060001);
  });
});

describe("shipping info after shipping info", () => {
  test("10060014 while its upload_time is not newer, 10060023 when it says nothing new", async () => {
    const order = await aMiniOrder();
    const upload = it.anUpload(order);
    await it.upload(upload);

    expect(await errcode(upload)).toBe(10060014);
    expect(await errcode(it.anUpload(order))).toBe(10060023);

    expect(await sandbox.uploads(order.outTradeNo)).toHaveLength(1);
  });

  test("10060023 also for the last parcel of a split delivery, told again", async () => {
    const order = await aMiniOrder();
    await it.upload(it.anUpload(order, split(false, aParcel("ZT1"))));
    await it.upload(it.anUpload(order, split(true, aParcel("ZT2"))));

    expect(await errcode(it.anUpload(order, split(true, aParcel("ZT2"))))).toBe(10060023);
  });

  test("ships again once, replacing what was told, then 10060003", async () => {
    const order = await aMiniOrder();
    const withNumber = (number: string) => it.anUpload(order, { shipping_list: [aParcel(number)] });
    await it.upload(withNumber("WRONG"));

    expect(await errcode(withNumber("RIGHT"))).toBe(0);
    expect(await errcode(withNumber("THIRD"))).toBe(10060003);

    expect((await orderOf(order)).shipping).toMatchObject({
      finish_shipping_count: 2,
      shipping_list: [{ tracking_no: "RIGHT" }],
    });
    expect((await sandbox.uploads(order.outTradeNo)).map((one) => one.isReship)).toEqual([false, true]);
  });

  test("another mode half-way ships anew, and uses the one chance", async () => {
    const order = await aMiniOrder();
    await it.upload(it.anUpload(order, split(false, aParcel("ZT1"))));

    expect(await errcode(it.anUpload(order, { shipping_list: [aParcel("ZT2")] }))).toBe(0);
    expect(await errcode(it.anUpload(order, { shipping_list: [aParcel("ZT3")] }))).toBe(10060003);

    const { shipping } = await orderOf(order);
    expect(shipping).toMatchObject({ finish_shipping_count: 1, shipping_list: [{ tracking_no: "ZT2" }] });
  });

  test("10060002: one more parcel for a payment that is finished, as if more were to come", async () => {
    const order = await aMiniOrder();
    await it.upload(it.anUpload(order, split(true, aParcel("ZT1"))));

    expect(await errcode(it.anUpload(order, split(false, aParcel("ZT2"))))).toBe(10060002);
  });
});

test("faults strike shipping info by its number: executed all the same, or not at all", async () => {
  const order = await aMiniOrder();
  const { outTradeNo } = order;
  await sandbox.fault({ call: "upload_shipping_info", kind: "system-error", outTradeNo });
  await sandbox.fault({ call: "upload_shipping_info", kind: "system-error-after", outTradeNo });
  await sandbox.fault({ call: "get_order", kind: "error", outTradeNo, options: { code: "45009" } });

  const before = await errcode(it.anUpload(order));
  const nothing = await sandbox.uploads(outTradeNo);
  const after = await errcode(it.anUpload(order));
  const asked = await it.getOrder({ transaction_id: order.transactionId });

  expect([before, after, asked.errcode]).toEqual([-1, -1, 45009]);
  expect(nothing).toEqual([]);
  expect(await sandbox.uploads(outTradeNo)).toHaveLength(1);
  expect((await sandbox.calls({ outTradeNo })).slice(0, 3).map((one) => [one.call, one.outcome])).toEqual([
    ["get_order", "45009"],
    ["upload_shipping_info", "-1"],
    ["upload_shipping_info", "-1"],
  ]);
});

test("the list of companies has the ids that shipping info is told with", async () => {
  const path = "/cgi-bin/express/delivery/open_msg/get_delivery_list";
  const answer = await it.post(path, {}, await it.token("mini"));

  const list = answer.delivery_list as { delivery_id: string; delivery_name: string }[];
  expect(answer).toMatchObject({ errcode: 0, count: list.length });
  expect(list).toContainEqual({ delivery_id: "SF", delivery_name: "顺丰" });
  expect((await it.post(path, {}, "nonsense")).errcode).toBe(40014);
});
