import { randomBytes } from "node:crypto";
import { addJob } from "@/lib/db/add-job";
import { products, variants } from "@/lib/db/schema/catalog";
import { payments } from "@/lib/db/schema/payments";
import type { Environment } from "@/lib/environment/environment";
import { createOrder } from "@/lib/orders/create-order";
import { newOutTradeNo } from "@/lib/orders/order-no";
import { openShop, type Shop } from "@/lib/shop";
import { toBeijingStamp } from "@/lib/wechat/beijing-time";
import { type SignType, signFields } from "@/lib/wechat/signature";
import { writeXml } from "@/lib/wechat/xml";
import { createDatabase } from "./postgres";

export const testWechat: Environment["wechat"] = {
  mchId: "1900000109",
  appId: "wxd930ea5d5a258f4f",
  appSecret: "0123456789abcdef0123456789abcdef",
  mini: { appId: "wx1234567890abcdef", appSecret: "fedcba9876543210fedcba9876543210" },
  apiKey: "integrationtestsonly0123456789ab",
  signType: "HMAC-SHA256",
  certFile: null,
  keyFile: null,
  appKey: "k".repeat(128),
  deliveryReport: "off",
  payUrl: "https://127.0.0.1:1",
  apiUrl: "https://127.0.0.1:1",
  openUrl: "http://127.0.0.1:1",
  caFile: null,
  push: null,
};

export type PayableOrder = {
  orderId: number;
  orderNo: string;
  outTradeNo: string;
  totalFen: number;
  memberId: number;
  expiresAt: Date;
};

/**
 * A shop on a database of its own, its clock in the test's hand. Verbs run in this process; the routes' functions
 * find the same shop.
 */
export async function aShop(options: { wechat?: Partial<Environment["wechat"]>; poolSize?: number } = {}) {
  const database = await createDatabase();
  const clock = { now: new Date() };
  const environment: Environment = {
    port: 3000,
    siteUrl: "http://127.0.0.1:3000",
    databaseUrl: database.url,
    directDatabaseUrl: database.url,
    pooled: false,
    authSecret: randomBytes(32).toString("hex"),
    dataKey: randomBytes(32).toString("base64"),
    wechat: { ...testWechat, ...options.wechat },
    sandbox: null,
    metricsToken: null,
    trustedProxies: [],
  };
  const shop = openShop(environment, { poolSize: options.poolSize ?? 10, now: () => clock.now });
  (globalThis as { zhangguiShop?: Shop }).zhangguiShop = shop;

  return {
    shop,
    clock,
    sql: shop.sql,
    aProduct: (of: { kind?: "physical" | "virtual"; priceFen?: number; onHand?: number } = {}) =>
      aProduct(shop, of),
    payableOrder: (
      of: {
        kind?: "physical" | "virtual";
        totalFen?: number;
        onHand?: number;
        sku?: string;
        signType?: SignType;
      } = {},
    ) => payableOrder(shop, of),
    close: async () => {
      await shop.close();
      await database.drop();
    },
  };
}

export const aRecipient = {
  name: "李雷",
  phone: "13800138000",
  province: "浙江省",
  city: "杭州市",
  district: "西湖区",
  address: "文三路 1 号",
};

let counter = 0;

export async function aProduct(
  shop: Shop,
  of: { kind?: "physical" | "virtual"; priceFen?: number; onHand?: number },
) {
  const n = ++counter;
  const [product] = await shop.db
    .insert(products)
    .values({
      slug: `product-${n}-${randomBytes(3).toString("hex")}`,
      title: `商品 ${n}`,
      kind: of.kind ?? "virtual",
    })
    .returning();
  const sku = `SKU-${n}-${randomBytes(3).toString("hex")}`;
  const [variant] = await shop.db
    .insert(variants)
    .values({
      productId: product?.id ?? 0,
      sku,
      title: "",
      priceFen: of.priceFen ?? 8800,
      onHand: of.onHand ?? 1000,
    })
    .returning();
  return { sku, slug: product?.slug ?? "", variantId: variant?.id ?? 0 };
}

/** An order with one open payment, as `startPayment` leaves it, without asking anybody. */
export async function payableOrder(
  shop: Shop,
  of: {
    kind?: "physical" | "virtual";
    totalFen?: number;
    onHand?: number;
    sku?: string;
    signType?: SignType;
  },
): Promise<PayableOrder> {
  const sku =
    of.sku ?? (await aProduct(shop, { kind: of.kind, priceFen: of.totalFen, onHand: of.onHand })).sku;
  const request = {
    items: [{ sku, quantity: 1 }],
    recipient: of.kind === "physical" ? { ...aRecipient, phone: aPhone() } : null,
  };
  const { orderId, memberId } = await createOrder(shop, { buyer: null, request, idempotencyKey: null });
  const [order] =
    await shop.sql`SELECT order_no, total_fen::int, expires_at FROM orders WHERE id = ${orderId}`;
  const outTradeNo = await aPayment(shop, {
    orderId,
    orderNo: order?.order_no,
    totalFen: order?.total_fen,
    signType: of.signType,
  });
  return {
    orderId,
    memberId,
    orderNo: order?.order_no,
    outTradeNo,
    totalFen: order?.total_fen,
    expiresAt: new Date(order?.expires_at),
  };
}

/** One more open payment of an order, the one before superseded. */
export async function aPayment(
  shop: Shop,
  of: { orderId: number; orderNo: string; totalFen: number; signType?: SignType },
): Promise<string> {
  const { wechat } = shop.environment;
  const earlier =
    await shop.sql`UPDATE payments SET superseded_at = now() WHERE order_id = ${of.orderId} RETURNING id`;
  const outTradeNo = newOutTradeNo(of.orderNo, earlier.length + 1);
  const [payment] = await shop.db
    .insert(payments)
    .values({
      orderId: of.orderId,
      outTradeNo,
      tradeType: "NATIVE",
      status: "open",
      appid: wechat.appId,
      mchId: wechat.mchId,
      signType: of.signType ?? wechat.signType,
      totalFen: of.totalFen,
      request: {},
      createdAt: shop.now(),
    })
    .returning();
  await addJob(shop.db, {
    task: "query_payment",
    payload: { orderId: of.orderId, paymentId: payment?.id },
    runAt: new Date(shop.now().getTime() + 15_000),
    key: `query_payment:${payment?.id}`,
  });
  return outTradeNo;
}

export function aPhone(): string {
  return `13${String(Math.floor(Math.random() * 1e9)).padStart(9, "0")}`;
}

let transactions = 0;

/** A transaction id as WeChat makes them: 28 digits. */
export function aTransactionId(): string {
  return `4200${Date.now()}${String(++transactions).padStart(11, "0")}`;
}

/** A payment notification as WeChat sends it, signed with the shop's key unless told otherwise. */
export function paymentNotification(
  wechat: Environment["wechat"],
  of: { outTradeNo: string; totalFen: number; transactionId?: string; paidAt?: Date } & {
    signType?: SignType;
    apiKey?: string;
    fields?: Record<string, string>;
  },
): string {
  const signType = of.signType ?? wechat.signType;
  const fields: Record<string, string> = {
    return_code: "SUCCESS",
    result_code: "SUCCESS",
    appid: wechat.appId,
    mch_id: wechat.mchId,
    nonce_str: randomBytes(16).toString("hex"),
    openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
    is_subscribe: "N",
    trade_type: "NATIVE",
    bank_type: "OTHERS",
    total_fee: String(of.totalFen),
    cash_fee: String(of.totalFen),
    fee_type: "CNY",
    transaction_id: of.transactionId ?? aTransactionId(),
    out_trade_no: of.outTradeNo,
    time_end: toBeijingStamp(of.paidAt ?? new Date()),
    ...(signType === "HMAC-SHA256" && { sign_type: signType }),
    ...of.fields,
  };
  return writeXml({ ...fields, sign: signFields(fields, { apiKey: of.apiKey ?? wechat.apiKey, signType }) });
}

export function post(body: string | Uint8Array, url = "http://127.0.0.1/api/notify"): Request {
  return new Request(url, {
    method: "POST",
    body: typeof body === "string" ? body : new Uint8Array(body),
    headers: { "content-type": "text/xml" },
  });
}
