import { createHash } from "node:crypto";
import { requestStableToken } from "@/lib/wechat/stable-token";
import { clientsOf, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call, postRaw } from "@/tests/support/sandbox-call";

type App = "official" | "mini";

/** A sandbox, its tokens, orders that are paid there, and calls that an access token opens, written by hand. */
export async function aDeliveringMerchant() {
  const sandbox = await startSandbox();
  const clients = clientsOf(sandbox);
  const appIdOf = (app: App) => (app === "mini" ? sandbox.merchant.miniAppId : sandbox.merchant.appId);

  async function token(app: App = "official"): Promise<string> {
    const { merchant } = sandbox;
    const appSecret = app === "mini" ? merchant.miniAppSecret : merchant.appSecret;
    return (await requestStableToken(clients.platform, { appId: appIdOf(app), appSecret })).accessToken;
  }
  async function post(path: string, body: unknown, accessToken?: string): Promise<Record<string, unknown>> {
    return JSON.parse(await postForText(path, body, accessToken));
  }
  async function postForText(path: string, body: unknown, accessToken?: string): Promise<string> {
    const query = accessToken === undefined ? "" : `?${new URLSearchParams({ access_token: accessToken })}`;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return (await postRaw(sandbox, `${path}${query}`, text)).text;
  }
  let uploadTime = Date.now();
  const sign = (report: Record<string, unknown>) => signReport(report, sandbox.merchant.appKey);

  return {
    sandbox,
    token,
    post,
    postForText,
    async getForText(path: string, accessToken: string): Promise<string> {
      const query = new URLSearchParams({ access_token: accessToken });
      return (await postRaw(sandbox, `${path}?${query}`, "", { method: "GET" })).text;
    },
    async classicToken(): Promise<string> {
      const { appId, appSecret } = sandbox.merchant;
      const path = `/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=${appSecret}`;
      return JSON.parse((await postRaw(sandbox, path, "", { method: "GET" })).text).access_token;
    },
    async aPaidOrder(of: { app?: App; buyer?: string; twice?: boolean; notifyUrl?: string } = {}) {
      const app = of.app ?? "official";
      const { openid, miniOpenid } = await sandbox.code({ buyer: of.buyer ?? "lin" });
      const payer = app === "mini" ? miniOpenid : openid;
      const fields = {
        ...anOrder(of.notifyUrl ? { notify_url: of.notifyUrl } : {}),
        appid: appIdOf(app),
        trade_type: "JSAPI",
        product_id: undefined,
        openid: payer,
      };
      await call(sandbox, "/pay/unifiedorder", fields);
      const paid = await sandbox.pay({ outTradeNo: fields.out_trade_no, twice: of.twice });
      return {
        outTradeNo: fields.out_trade_no,
        openid: payer,
        transactionIds: paid.transactionIds,
        transactionId: paid.transactionIds[0] ?? "",
      };
    },
    /** The JSON of a delivernotify, signed; what is changed is changed before signing, unless it is the signature. */
    aReport(
      of: { outTradeNo: string; openid: string; transactionId: string },
      change: Record<string, unknown> = {},
    ) {
      const report = {
        appid: sandbox.merchant.appId,
        openid: of.openid,
        transid: of.transactionId,
        out_trade_no: of.outTradeNo,
        deliver_timestamp: String(Math.trunc(Date.now() / 1000)),
        deliver_status: "1",
        deliver_msg: "ok",
        sign_method: "sha1",
        ...change,
      };
      return { ...report, app_signature: sign(report), ...change };
    },
    async report(body: unknown, accessToken?: string) {
      return await post("/pay/delivernotify", body, accessToken ?? (await token()));
    },
    /** The JSON of an upload_shipping_info of one express parcel, later than the one before it. */
    anUpload(of: { openid: string; transactionId: string }, change: Record<string, unknown> = {}) {
      uploadTime += 1;
      return {
        order_key: { order_number_type: 2, transaction_id: of.transactionId },
        logistics_type: 1,
        delivery_mode: 1,
        shipping_list: [aParcel("ZT1")],
        upload_time: `${new Date(uploadTime).toISOString().slice(0, -1)}+00:00`,
        payer: { openid: of.openid },
        ...change,
      };
    },
    async upload(body: unknown, accessToken?: string) {
      return await post("/wxa/sec/order/upload_shipping_info", body, accessToken ?? (await token("mini")));
    },
    async getOrder(body: unknown, accessToken?: string) {
      return await post("/wxa/sec/order/get_order", body, accessToken ?? (await token("mini")));
    },
    async stop() {
      await clients.close();
      await sandbox.stop();
    },
  };
}

/** One entry of shipping_list. */
export const aParcel = (tracking_no: string, change: Record<string, unknown> = {}) => ({
  tracking_no,
  express_company: "ZTO",
  item_desc: "红富士苹果*1",
  ...change,
});

/** The rule of 2014 written again: the sandbox and the shop share lib/wechat, and a mistake in it would cancel out. */
function signReport(report: Record<string, unknown>, appKey: string): string {
  const text = [
    `appid=${report.appid}`,
    `appkey=${appKey}`,
    `deliver_msg=${report.deliver_msg}`,
    `deliver_status=${report.deliver_status}`,
    `deliver_timestamp=${report.deliver_timestamp}`,
    `openid=${report.openid}`,
    `out_trade_no=${report.out_trade_no}`,
    `transid=${report.transid}`,
  ].join("&");
  return createHash("sha1").update(text, "utf8").digest("hex");
}
