import { describe, expect, test } from "vitest";
import {
  buildShippingInfo,
  getShippingState,
  maskContact,
  type ShippingInfo,
  uploadShippingInfo,
} from "@/lib/wechat/shipping-info";
import { platformAnswering } from "./a-platform";

const parcel = {
  express: { carrier: "ZTO", trackingNo: "ZT1", contact: null },
  description: "红富士苹果*1",
};
const info: ShippingInfo = {
  transactionId: "4200000000202604010000000001",
  openid: "oMini",
  logisticsType: 1,
  mode: "unified",
  isAllDelivered: true,
  parcels: [parcel],
  at: new Date("2022-12-15T05:29:35.120Z"),
};

describe("the body", () => {
  test("one parcel: numbers are numbers, the list is a list, the time has milliseconds and Beijing's offset", () => {
    expect(buildShippingInfo(info)).toEqual({
      order_key: { order_number_type: 2, transaction_id: "4200000000202604010000000001" },
      logistics_type: 1,
      delivery_mode: 1,
      shipping_list: [{ tracking_no: "ZT1", express_company: "ZTO", item_desc: "红富士苹果*1" }],
      upload_time: "2022-12-15T13:29:35.120+08:00",
      payer: { openid: "oMini" },
    });
  });

  test.each([true, false])("split says whether that was all: %j", (isAllDelivered) => {
    expect(buildShippingInfo({ ...info, mode: "split", isAllDelivered })).toMatchObject({
      delivery_mode: 2,
      is_all_delivered: isAllDelivered,
    });
  });

  test.each([2, 3, 4] as const)(
    "type %i has one entry with a description and nothing else",
    (logisticsType) => {
      const body = buildShippingInfo({
        ...info,
        logisticsType,
        parcels: [{ express: null, description: "会员卡*1" }],
      });

      expect(body).toMatchObject({ logistics_type: logisticsType, delivery_mode: 1 });
      expect(body.shipping_list).toEqual([{ item_desc: "会员卡*1" }]);
      expect(body).not.toHaveProperty("is_all_delivered");
    },
  );

  test("顺丰 gets the receiver's number, masked", () => {
    const contact = maskContact("18912341234");
    const express = { carrier: "SF", trackingNo: "SF1", contact };

    expect(buildShippingInfo({ ...info, parcels: [{ ...parcel, express }] }).shipping_list).toEqual([
      {
        tracking_no: "SF1",
        express_company: "SF",
        item_desc: "红富士苹果*1",
        contact: { receiver_contact: "189****1234" },
      },
    ]);
  });

  test.each([
    ["189 1234 1234", "189****1234"],
    ["1234", "****1234"],
    ["021-12341234", "021****1234"],
    ["88881234", "****1234"],
  ])("the number %s is shown as %s", (phone, shown) => {
    expect(maskContact(phone)).toBe(shown);
  });

  test.each([
    ["苹".repeat(121), "苹".repeat(120)],
    ["🍎".repeat(121), "🍎".repeat(120)],
    ["  苹果\n两斤  ", "苹果 两斤"],
    ["\ud800", "\ufffd"],
    ["", "商品"],
    [" ", "商品"],
  ])("the description %j is cut between characters and never empty", (description, sent) => {
    const body = buildShippingInfo({ ...info, parcels: [{ ...parcel, description }] });

    expect(body.shipping_list[0]?.item_desc).toBe(sent);
  });

  test.each<[string, Partial<ShippingInfo>]>([
    ["two parcels in one go", { parcels: [parcel, parcel] }],
    ["no parcel", { mode: "split", parcels: [] }],
    ["sixteen parcels", { mode: "split", parcels: Array.from({ length: 16 }, () => parcel) }],
    ["split for what is no express", { mode: "split", logisticsType: 3 }],
    ["an express parcel without a number", { parcels: [{ express: null, description: "x" }] }],
    ["a number for a pick-up", { logisticsType: 4 }],
    [
      "a number of 129 bytes",
      { parcels: [{ ...parcel, express: { carrier: "ZTO", trackingNo: "1".repeat(129), contact: null } }] },
    ],
  ])("%s is a mistake of ours", (_what, change) => {
    expect(() => buildShippingInfo({ ...info, ...change })).toThrow(RangeError);
  });

  test("without an openid it is refused before WeChat is asked", () => {
    expect(() => buildShippingInfo({ ...info, openid: null })).toThrow(
      expect.objectContaining({ kind: "refused", code: "OPENID_MISSING" }),
    );
  });
});

describe("the calls", () => {
  test("an upload is JSON with Chinese as it is written", async () => {
    const { platform, asked } = await platformAnswering({ errcode: 0, errmsg: "ok" });

    await uploadShippingInfo(platform, { accessToken: "T", body: buildShippingInfo(info) });

    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^POST \/prefix\/wxa\/sec\/order\/upload_shipping_info\?access_token=T \{/);
    expect(asked[0]).toContain('"item_desc":"红富士苹果*1"');
  });

  test("an answer that does not say that it went well is an unknown result", async () => {
    const { platform } = await platformAnswering({});

    const failure = uploadShippingInfo(platform, { accessToken: "T", body: buildShippingInfo(info) });

    await expect(failure).rejects.toMatchObject({ kind: "unknown_result", code: "INCOMPLETE" });
  });

  test("what WeChat knows is read whether it answers in numbers or in strings", async () => {
    const inNumbers = {
      errcode: 0,
      order: {
        order_state: 2,
        shipping: { shipping_list: [{ tracking_no: "ZT1", express_company: "ZTO", upload_time: 1 }] },
      },
    };
    const inStrings = {
      errcode: "0",
      order: {
        order_state: "2",
        shipping: { shipping_list: [{ tracking_no: "ZT1", express_company: "ZTO" }] },
      },
    };

    for (const answer of [inNumbers, inStrings]) {
      const { platform, asked } = await platformAnswering(answer);
      const state = await getShippingState(platform, { accessToken: "T", transactionId: "42" });
      expect(state).toEqual({ orderState: 2, parcels: [{ carrier: "ZTO", trackingNo: "ZT1" }] });
      expect(asked).toEqual(['POST /prefix/wxa/sec/order/get_order?access_token=T {"transaction_id":"42"}']);
    }
  });

  test.each([{ order_state: 1 }, { order_state: 1, shipping: {} }, { order_state: 1, shipping: null }])(
    "a payment of which nothing was shipped has no parcels: %j",
    async (order) => {
      const { platform } = await platformAnswering({ errcode: 0, order });

      const state = await getShippingState(platform, { accessToken: "T", transactionId: "42" });

      expect(state).toEqual({ orderState: 1, parcels: [] });
    },
  );

  test.each([{ errcode: 0 }, { errcode: 0, order: {} }, { errcode: 0, order: { order_state: "shipped" } }])(
    "an answer without a state is an unknown result: %j",
    async (answer) => {
      const { platform } = await platformAnswering(answer);

      const failure = getShippingState(platform, { accessToken: "T", transactionId: "42" });

      await expect(failure).rejects.toMatchObject({ kind: "unknown_result", code: "INCOMPLETE" });
    },
  );
});
