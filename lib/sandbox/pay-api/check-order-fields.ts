import { isIP } from "node:net";
import { isOpenidOf } from "@/lib/sandbox/identity/buyers";
import { checkNotifyUrl } from "@/lib/sandbox/pay-api/check-notify-url";
import { checkSceneInfo } from "@/lib/sandbox/pay-api/check-scene-info";
import { refuse } from "@/lib/sandbox/pay-api/refusals";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { fromBeijingStamp } from "@/lib/wechat/beijing-time";
import { readFen } from "@/lib/wechat/fen";
import type { Fields } from "@/lib/wechat/xml";

/** Every rule of WeChat's for the fields of unifiedorder. Throws the refusal that the first broken one earns. */
export function checkOrderFields(sandbox: Sandbox, fields: Fields): void {
  for (const name of required) {
    if (!fields[name]) throw refuse("LACK_PARAMS", name);
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = fields[name];
    if (value && !rule(value)) throw refuse("PARAM_ERROR", name);
  }
  checkNotifyUrl(fields.notify_url ?? "");
  checkByTradeType(sandbox, fields);
}

/** time_expire must lie more than a minute ahead. Not asked on a re-entry: the first call set the expiry. */
export function checkExpiry(fields: Fields, now: number): void {
  if (!fields.time_expire) return;
  const expiresAt = fromBeijingStamp(fields.time_expire)?.getTime() ?? 0;
  if (expiresAt - now <= leastLifeMs) throw refuse("PARAM_ERROR", "time_expire时间过短，至少1分钟");
}

const leastLifeMs = 60_000;

const required = [
  "body",
  "out_trade_no",
  "total_fee",
  "spbill_create_ip",
  "notify_url",
  "trade_type",
] as const;

type Rule = (value: string) => boolean;
const bytes =
  (most: number): Rule =>
  (value) =>
    Buffer.byteLength(value) <= most;
const characters =
  (most: number): Rule =>
  (value) =>
    value.length <= most;
const oneOf =
  (...words: string[]): Rule =>
  (value) =>
    words.includes(value);
const stamp: Rule = (value) => fromBeijingStamp(value) !== null;

const rules: Record<string, Rule> = {
  device_info: characters(32),
  body: bytes(127), // The table says 128, the text 127.
  detail: characters(6000),
  attach: bytes(127),
  out_trade_no: (value) => /^[0-9A-Za-z_\-|*]{6,32}$/.test(value),
  fee_type: oneOf("CNY"),
  total_fee: (value) => readFen(value) !== null && !value.startsWith("0"),
  spbill_create_ip: (value) => value.length <= 64 && isIP(value) !== 0,
  time_start: stamp,
  time_expire: stamp,
  goods_tag: characters(32),
  notify_url: characters(256),
  trade_type: oneOf("JSAPI", "NATIVE", "APP", "MWEB"),
  product_id: characters(32),
  limit_pay: oneOf("no_credit"),
  openid: characters(128),
  receipt: oneOf("Y"),
  profit_sharing: oneOf("Y", "N"),
  scene_info: characters(256),
};

function checkByTradeType(sandbox: Sandbox, fields: Fields): void {
  if (fields.trade_type === "APP") throw refuse("NOAUTH", "APP支付未开通");
  if (fields.trade_type === "NATIVE" && !fields.product_id) throw refuse("LACK_PARAMS", "product_id");
  if (fields.trade_type === "MWEB") checkSceneInfo(fields.scene_info);
  if (fields.trade_type === "JSAPI") {
    if (!fields.openid) throw refuse("LACK_PARAMS", "openid");
    const known = isOpenidOf(sandbox.ledger, { openid: fields.openid, appId: fields.appid ?? "" });
    if (!known) throw refuse("PARAM_ERROR", "appid and openid not match");
  }
}
