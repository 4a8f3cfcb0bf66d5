import { purseOfAccount } from "@/lib/sandbox/ledger/purses";
import { checkNotifyUrl } from "@/lib/sandbox/pay-api/check-notify-url";
import { refuse } from "@/lib/sandbox/pay-api/refusals";
import { readFen } from "@/lib/wechat/fen";
import type { Fields } from "@/lib/wechat/xml";

/**
 * Every rule of WeChat's for the fields of refund. Throws the refusal that the first broken one earns.
 * Other fields are let through: op_user_id was required once and is sent by old shops.
 */
export function checkRefundFields(fields: Fields): void {
  if (!fields.transaction_id && !fields.out_trade_no) throw refuse("LACK_PARAMS", "out_trade_no");
  for (const name of ["out_refund_no", "total_fee", "refund_fee"]) {
    if (!fields[name]) throw refuse("LACK_PARAMS", name);
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = fields[name];
    if (value && !rule(value)) throw refuse("PARAM_ERROR", name);
  }
  if (fields.notify_url) checkNotifyUrl(fields.notify_url);
}

const isFen = (value: string) => readFen(value) !== null && !value.startsWith("0");

const rules: Record<string, (value: string) => boolean> = {
  transaction_id: (value) => value.length <= 32,
  out_trade_no: (value) => value.length <= 32,
  out_refund_no: (value) => /^[0-9A-Za-z_\-|*@]{1,64}$/.test(value),
  total_fee: isFen,
  refund_fee: isFen,
  refund_fee_type: (value) => value === "CNY",
  refund_desc: (value) => value.length <= 80,
  refund_account: (value) => Object.hasOwn(purseOfAccount, value),
  notify_url: (value) => value.length <= 256,
};
