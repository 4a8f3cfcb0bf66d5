/**
 * 小程序发货信息管理服务: how the goods of a mini program's payment are on their way, and what WeChat knows of it.
 * Source: WeChat 小程序 "发货信息录入" (upload_shipping_info) and "查询订单发货状态" (get_order).
 */
import { z } from "zod";
import { toBeijingMoment } from "@/lib/wechat/beijing-time";
import { refusedHere } from "@/lib/wechat/errors";
import { fitCharacters } from "@/lib/wechat/fit-text";
import { callPlatform, type Platform } from "@/lib/wechat/platform";

export const logisticsTypes = { express: 1, same_city: 2, virtual: 3, pickup: 4 } as const;
export const deliveryModes = { unified: 1, split: 2 } as const;
/** "一笔支付单最多分拆成 15 个包裹", formerly 10. */
export const mostParcels = 15;

export type ShippedParcel = {
  /** Null for everything but express. */
  express: { carrier: string; trackingNo: string; contact: string | null } | null;
  description: string; // Of the goods; cut to WeChat's 120 characters.
};

export type ShippingInfo = {
  transactionId: string;
  openid: string | null; // Of the mini program's appid.
  logisticsType: (typeof logisticsTypes)[keyof typeof logisticsTypes];
  mode: keyof typeof deliveryModes;
  isAllDelivered: boolean;
  parcels: ShippedParcel[];
  at: Date; // Later than that of the call before.
};

/** The documented body. `RangeError` on what WeChat would refuse anyway, a refused `WechatError` without an openid. */
export function buildShippingInfo(of: ShippingInfo) {
  if (!of.openid) throw refusedHere("OPENID_MISSING", "nobody knows the buyer's openid");
  requireShape(of);
  return {
    order_key: { order_number_type: 2, transaction_id: of.transactionId },
    logistics_type: of.logisticsType,
    delivery_mode: deliveryModes[of.mode],
    ...(of.mode === "split" && { is_all_delivered: of.isAllDelivered }),
    shipping_list: of.parcels.map(({ express, description }) => ({
      ...(express && { tracking_no: express.trackingNo, express_company: express.carrier }),
      item_desc: fitCharacters(description, 120) || "商品",
      ...(express?.contact && { contact: { receiver_contact: express.contact } }),
    })),
    upload_time: toBeijingMoment(of.at),
    payer: { openid: of.openid },
  };
}

/** Uploads. Returns when WeChat has taken it; throws `WechatError`, also when it knew all of that (10060023). */
export async function uploadShippingInfo(
  platform: Platform,
  of: { accessToken: string; body: ReturnType<typeof buildShippingInfo> },
): Promise<void> {
  await callPlatform(platform, {
    path: "/wxa/sec/order/upload_shipping_info",
    query: { access_token: of.accessToken },
    json: of.body,
    shape: uploadShape,
  });
}

/** What WeChat knows of one payment's shipping. Throws `WechatError`. */
export type ShippingState = {
  /** 1 to ship, 2 shipped, 3 receipt confirmed, 4 completed, 5 refunded, 6 money waiting to be settled. */
  orderState: number;
  parcels: { carrier: string; trackingNo: string }[];
};

export async function getShippingState(
  platform: Platform,
  of: { accessToken: string; transactionId: string },
): Promise<ShippingState> {
  const { order } = await callPlatform(platform, {
    path: "/wxa/sec/order/get_order",
    query: { access_token: of.accessToken },
    json: { transaction_id: of.transactionId },
    shape: orderShape,
  });
  return {
    orderState: order.order_state,
    parcels: (order.shipping?.shipping_list ?? []).map((one) => ({
      carrier: one.express_company ?? "",
      trackingNo: one.tracking_no ?? "",
    })),
  };
}

/** A phone number as WeChat wants it shown: its last four digits open, `189****1234`. */
export function maskContact(phone: string): string {
  const digits = phone.replace(/[^0-9]/g, "");
  return `${digits.length >= 11 ? digits.slice(0, 3) : ""}****${digits.slice(-4)}`;
}

const uploadShape = z.object({ errcode: z.union([z.literal(0), z.literal("0")]) });
const wholeNumber = z.union([z.number().int(), z.string().regex(/^[0-9]{1,3}$/)]).transform(Number);
const text = z.union([z.string(), z.number()]).transform(String).nullish();
const orderShape = z.object({
  order: z.object({
    order_state: wholeNumber,
    shipping: z
      .object({ shipping_list: z.array(z.object({ tracking_no: text, express_company: text })).nullish() })
      .nullish(),
  }),
});

const longestBytes = 128; // Of the carrier's id and of the number.

function requireShape({ parcels, mode, logisticsType }: ShippingInfo): void {
  const isExpress = logisticsType === logisticsTypes.express;
  const fits = (value: string) => value !== "" && Buffer.byteLength(value) <= longestBytes;
  const rules: [boolean, string][] = [
    [mode === "unified" ? parcels.length === 1 : isExpress, "unified has one parcel, split is express"],
    [parcels.length >= 1 && parcels.length <= mostParcels, `1 to ${mostParcels} parcels`],
    [parcels.every(({ express }) => (express !== null) === isExpress), "express alone has tracking numbers"],
    [
      parcels.every(({ express }) => !express || (fits(express.carrier) && fits(express.trackingNo))),
      `carrier and tracking number have 1 to ${longestBytes} bytes`,
    ],
  ];
  for (const [holds, rule] of rules) if (!holds) throw new RangeError(`shipping info: ${rule}`);
}
