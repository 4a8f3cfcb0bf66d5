import { randomBytes } from "node:crypto";
import { signFields } from "@/lib/wechat/signature";
import { writeXml } from "@/lib/wechat/xml";
import { outTradeNoOf, totalFen } from "./prepare-orders";

export type Signer = { appId: string; mchId: string; apiKey: string };

/** The notification for the n-th order, with the fields that WeChat really sends. */
export function messageFor(n: number, by: Signer): string {
  const fields = {
    appid: by.appId,
    bank_type: "OTHERS",
    cash_fee: String(totalFen),
    device_info: "WEB",
    fee_type: "CNY",
    is_subscribe: "N",
    mch_id: by.mchId,
    nonce_str: randomBytes(16).toString("hex"),
    openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
    out_trade_no: outTradeNoOf(n),
    result_code: "SUCCESS",
    return_code: "SUCCESS",
    time_end: "20261122080000",
    total_fee: String(totalFen),
    trade_type: "NATIVE",
    transaction_id: `4200${String(n).padStart(24, "0")}`,
  };
  return writeXml({ ...fields, sign: signFields(fields, { apiKey: by.apiKey, signType: "HMAC-SHA256" }) });
}
