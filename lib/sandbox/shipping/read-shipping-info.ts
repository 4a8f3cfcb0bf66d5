import { z } from "zod";
import { openError } from "@/lib/sandbox/open-api/open-error";
import type { PaymentKey } from "@/lib/sandbox/shipping/find-payment";
import { type Parcel, readParcel } from "@/lib/sandbox/shipping/parcel";
import { shippingError } from "@/lib/sandbox/shipping/shipping-error";

/** What upload_shipping_info said, once every rule about its form is kept. */
export type ShippingInfo = {
  key: PaymentKey;
  /** 1 express, 2 same-city, 3 virtual, 4 pick-up. */
  logisticsType: number;
  /** 1 unified, 2 split. */
  deliveryMode: number;
  /** Nothing follows: always so when it is not split. */
  isAllDelivered: boolean;
  parcels: Parcel[];
  uploadTime: string;
  openid: string;
};

export const mostParcels = 15; // "一笔支付单最多分拆成 15 个包裹", formerly 10.

const text = z.string().optional();
/** Types alone: a string where a number belongs, or an object for a list, is 47001 whatever it says. */
const Body = z.object({
  order_key: z
    .object({
      order_number_type: z.number().optional(),
      transaction_id: text,
      mchid: text,
      out_trade_no: text,
    })
    .optional(),
  logistics_type: z.number().optional(),
  delivery_mode: z.number().optional(),
  is_all_delivered: z.boolean().optional(),
  shipping_list: z
    .array(
      z.object({
        tracking_no: text,
        express_company: text,
        item_desc: text,
        contact: z.object({ consignor_contact: text, receiver_contact: text }).optional(),
      }),
    )
    .optional(),
  upload_time: text,
  payer: z.object({ openid: text }).optional(),
});
type Body = z.infer<typeof Body>;

/** Throws the OpenError that the first broken rule earns. */
export function readShippingInfo(given: unknown): ShippingInfo {
  const reading = Body.safeParse(given);
  if (!reading.success) throw openError(47001);
  const body = reading.data;
  const key = readKey(body.order_key);
  const logisticsType = body.logistics_type ?? 0;
  if (![1, 2, 3, 4].includes(logisticsType)) throw shippingError(10060005);
  const deliveryMode = body.delivery_mode ?? 0;
  if (deliveryMode !== 1 && deliveryMode !== 2) throw shippingError(268485224);
  const isSplit = deliveryMode === 2;
  if (isSplit && logisticsType !== 1) throw shippingError(10060006);
  if (isSplit && body.is_all_delivered === undefined) throw shippingError(10060007);
  const parcels = readParcels(body, { isSplit, isExpress: logisticsType === 1 });
  const uploadTime = body.upload_time ?? "";
  if (!isUploadTime(uploadTime)) throw shippingError(268485216);
  const openid = body.payer?.openid ?? "";
  if (openid === "") throw shippingError(10060014, "参数错误：payer.openid");
  const isAllDelivered = !isSplit || body.is_all_delivered === true;
  return { key, logisticsType, deliveryMode, isAllDelivered, parcels, uploadTime, openid };
}

function readKey(key: Body["order_key"]): PaymentKey {
  if (key?.order_number_type === 2) {
    if (!key.transaction_id) throw shippingError(268485195);
    return { transactionId: key.transaction_id };
  }
  if (key?.order_number_type !== 1) throw shippingError(268485194);
  if (!key.mchid) throw shippingError(268485196);
  if (!key.out_trade_no) throw shippingError(268485197);
  return { mchId: key.mchid, outTradeNo: key.out_trade_no };
}

function readParcels(body: Body, is: { isSplit: boolean; isExpress: boolean }): Parcel[] {
  const list = body.shipping_list ?? [];
  if (list.length > mostParcels) throw shippingError(10060024);
  if (!is.isSplit && list.length !== 1) throw shippingError(268485228);
  if (list.length === 0) throw shippingError(10060014, "参数错误：shipping_list");
  return list.map((one) => readParcel(one, is));
}

/** RFC 3339 with milliseconds and an offset written out; `+0800` and `Z` are refused: merchants have stumbled over both. */
function isUploadTime(given: string): boolean {
  const shape = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}[+-][0-9]{2}:[0-9]{2}$/;
  return shape.test(given) && !Number.isNaN(Date.parse(given));
}
