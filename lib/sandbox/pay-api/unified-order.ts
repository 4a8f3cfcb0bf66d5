import { findOrder, insertOrder, type Order } from "@/lib/sandbox/ledger/orders";
import { insertPrepay, type Prepay } from "@/lib/sandbox/ledger/prepays";
import { transactionsOf } from "@/lib/sandbox/ledger/transactions";
import { checkExpiry, checkOrderFields } from "@/lib/sandbox/pay-api/check-order-fields";
import type { PayCall } from "@/lib/sandbox/pay-api/pay-call";
import { refuse } from "@/lib/sandbox/pay-api/refusals";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { fromBeijingStamp } from "@/lib/wechat/beijing-time";
import type { SignType } from "@/lib/wechat/signature";
import type { Fields } from "@/lib/wechat/xml";

/**
 * POST /pay/unifiedorder. The same number with the same parameters gets a fresh prepay_id; with other
 * parameters it is refused; paid and closed numbers are used up.
 */
export const unifiedOrder: PayCall = (sandbox, { fields, signType }) => {
  checkOrderFields(sandbox, fields);
  const known = findOrder(sandbox.ledger, fields.out_trade_no ?? "");
  const order = known ?? createOrder(sandbox, fields, signType);
  if (known) checkReentry(sandbox, known, fields);
  const now = sandbox.clock.now();
  const prepay = insertPrepay(sandbox.ledger, { outTradeNo: order.outTradeNo, now });
  return {
    signType: order.signType,
    fields: { trade_type: order.tradeType, ...payableBy(sandbox, order, prepay) },
  };
};

function createOrder(sandbox: Sandbox, fields: Fields, signType: SignType): Order {
  const now = sandbox.clock.now();
  checkExpiry(fields, now);
  const order: Order = {
    outTradeNo: fields.out_trade_no ?? "",
    appId: fields.appid ?? "",
    tradeType: fields.trade_type ?? "",
    signType,
    totalFen: Number(fields.total_fee),
    body: fields.body ?? "",
    attach: fields.attach ?? "",
    openid: fields.trade_type === "JSAPI" ? (fields.openid ?? null) : null,
    notifyUrl: fields.notify_url ?? "",
    request: comparable(fields),
    createdAt: now,
    expiresAt: fields.time_expire ? (fromBeijingStamp(fields.time_expire)?.getTime() ?? null) : null,
    closedAt: null,
  };
  insertOrder(sandbox.ledger, order);
  return order;
}

function checkReentry(sandbox: Sandbox, order: Order, fields: Fields): void {
  if (transactionsOf(sandbox.ledger, order.outTradeNo).length > 0) throw refuse("ORDERPAID");
  const expired = order.expiresAt !== null && order.expiresAt <= sandbox.clock.now();
  if (order.closedAt !== null || expired) throw refuse("ORDERCLOSED");
  if (order.request !== comparable(fields)) throw refuse("INVALID_REQUEST");
}

/** Everything but what must differ: a nonce is new every time, and with it the signature. */
function comparable(fields: Fields): string {
  const names = Object.keys(fields).filter((name) => name !== "nonce_str" && name !== "sign");
  return JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, fields[name]])));
}

function payableBy(sandbox: Sandbox, order: Order, prepay: Prepay): Record<string, string> {
  const link = `${sandbox.addresses.webUrl}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=${prepay.prepayId}&package=${prepay.code}`;
  return {
    prepay_id: prepay.prepayId,
    ...(order.tradeType === "NATIVE" && { code_url: `weixin://wxpay/bizpayurl?pr=${prepay.code}` }),
    ...(order.tradeType === "MWEB" && { mweb_url: link }),
  };
}
