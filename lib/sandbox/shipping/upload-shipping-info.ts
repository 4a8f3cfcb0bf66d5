import { markReported } from "@/lib/sandbox/ledger/delivery-facts";
import { recordUpload, uploadsOfTransaction } from "@/lib/sandbox/ledger/shipping-uploads";
import { openError } from "@/lib/sandbox/open-api/open-error";
import type { TokenCall } from "@/lib/sandbox/open-api/token-call";
import { endOf, findPayment } from "@/lib/sandbox/shipping/find-payment";
import { numberNamed } from "@/lib/sandbox/shipping/number-named";
import { mostParcels, readShippingInfo, type ShippingInfo } from "@/lib/sandbox/shipping/read-shipping-info";
import { shippingError } from "@/lib/sandbox/shipping/shipping-error";
import {
  afterUpload,
  changesNothing,
  type ShippingState,
  shippingStateOf,
  startsAnew,
} from "@/lib/sandbox/shipping/shipping-state";

/** POST /wxa/sec/order/upload_shipping_info (发货信息录入): how the goods of one payment are on their way. */
export const uploadShippingInfo: TokenCall = {
  about: (ledger, given) => numberNamed(ledger, given.order_key),

  execute(sandbox, { appId, given }) {
    if (appId !== sandbox.identity.miniAppId) throw openError(48001);
    const info = readShippingInfo(given);
    const payment = findPayment(sandbox, { appId, key: info.key });
    const { transactionId, outTradeNo, openid } = payment.transaction;
    if (openid !== info.openid) throw shippingError(10060031);
    if (endOf(sandbox, payment) !== null) throw shippingError(10060004);
    const before = shippingStateOf(uploadsOfTransaction(sandbox.ledger, transactionId));
    if (before) checkFollows(before, info);
    const after = afterUpload(before, info);
    if (after.parcels.length > mostParcels) throw shippingError(10060024);
    const now = sandbox.clock.now();
    const { key: _, openid: __, ...told } = info;
    const isReship = after.isReshipped && !before?.isReshipped;
    recordUpload(sandbox.ledger, { ...told, transactionId, outTradeNo, isReship, at: now });
    if (after.isFinished) markReported(sandbox.ledger, { transactionId, now });
    return { errcode: 0, errmsg: "ok" };
  },
};

/**
 * What may follow what was told before. WeChat documents no code for an old upload_time (10060014 here), nor
 * when it says 10060002: here to a parcel that would leave a finished payment unfinished.
 */
function checkFollows(before: ShippingState, info: ShippingInfo): void {
  if (Date.parse(info.uploadTime) <= Date.parse(before.uploadTime)) {
    throw shippingError(10060014, "参数错误：上传时间必须比之前的请求更新");
  }
  if (changesNothing(before, info)) throw shippingError(10060023);
  if (!startsAnew(before, info)) return;
  if (before.isFinished && !info.isAllDelivered) throw shippingError(10060002);
  if (before.isReshipped) throw shippingError(10060003);
}
