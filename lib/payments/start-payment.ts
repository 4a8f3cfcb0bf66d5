import { and, eq, inArray, isNull } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { transitions } from "@/lib/db/schema/deeds";
import { memberIdentities, members } from "@/lib/db/schema/members";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { payments, type TradeType } from "@/lib/db/schema/payments";
import { AppError } from "@/lib/http/app-error";
import type { Buyer } from "@/lib/members/session";
import { newOutTradeNo } from "@/lib/orders/order-no";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { newNonce } from "@/lib/wechat/nonce";
import { buildUnifiedOrder } from "@/lib/wechat/unified-order";
import { askForPayment, type OpenPayment, refusalAlarm } from "./ask-for-payment";
import { ladderMs } from "./query-ladder";
import { type PaymentRow, queryPayment } from "./query-payment";
import { queueClosing } from "./queue-closing";

export type PaymentRequest = { orderNo: string; tradeType: TradeType; buyer: Buyer; payerAddress: string };

/** Too little to open WeChat, type a password and be told: better a new order than a late payment. */
const leastTimeToPayMs = 2 * 60_000;

/** How often one press may meet a number that WeChat will not take any more. */
const tries = 3;

/**
 * Makes an order payable at WeChat. The row, its number, its stored request and its first query are committed before
 * WeChat is called, and no transaction is open during the call. A second press repeats the stored request; other
 * parameters supersede it with a new number, after asking what became of the old one.
 */
export async function startPayment(shop: Shop, request: PaymentRequest): Promise<OpenPayment> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const prepared = await preparePayment(shop, request);
    if (prepared.kind === "other_parameters") {
      await supersede(shop, prepared.payment);
      continue;
    }
    const opened = await askForPayment(shop, prepared.payment);
    if (opened !== "number_is_burnt") return opened;
    await supersede(shop, prepared.payment);
  }
  await raiseAlarm(shop.db, refusalAlarm(noNumberTaken));
  throw new AppError("wechat_refused");
}

const noNumberTaken = {
  code: "INVALID_REQUEST",
  text: "WeChat refused several new numbers in a row",
  remedy: "look at the calls on the order's timeline: the request itself is what WeChat refuses",
};

type Payer = { appid: string; openid: string | null; payerAddress: string };

/** Who pays at which of our appids: JSAPI needs the openid that this appid knows the buyer by. */
async function findPayer(
  shop: Shop,
  tx: Tx,
  { buyer, tradeType, payerAddress, orderNo }: PaymentRequest,
): Promise<Payer> {
  const { appId } = shop.environment.wechat;
  if (tradeType === "NATIVE") return { appid: appId, openid: null, payerAddress: shop.serverAddress };
  if (tradeType === "MWEB") return { appid: appId, openid: null, payerAddress };
  if (buyer.appid && buyer.openid) return { appid: buyer.appid, openid: buyer.openid, payerAddress };
  const [identity] = await tx
    .select()
    .from(memberIdentities)
    .where(and(eq(memberIdentities.memberId, buyer.memberId), eq(memberIdentities.appid, appId)))
    .orderBy(memberIdentities.createdAt)
    .limit(1);
  if (identity) return { appid: appId, openid: identity.openid, payerAddress };
  const signInUrl = `/api/auth/wechat?returnTo=${encodeURIComponent(`/orders/${orderNo}`)}`;
  throw new AppError("openid_required", { signInUrl });
}

type Prepared = { kind: "ready" | "other_parameters"; payment: PaymentRow };

async function preparePayment(shop: Shop, request: PaymentRequest): Promise<Prepared> {
  return shop.db.transaction(async (tx) => {
    const order = await requirePayable(shop, tx, request);
    const payer = await findPayer(shop, tx, request);
    const [current] = await tx
      .select()
      .from(payments)
      .where(
        and(
          eq(payments.orderId, order.id),
          isNull(payments.supersededAt),
          inArray(payments.status, ["created", "open"]),
        ),
      );
    if (!current)
      return { kind: "ready", payment: await insertPayment(shop, tx, order, request.tradeType, payer) };
    return {
      kind: isSamePayment(current, request.tradeType, payer) ? "ready" : "other_parameters",
      payment: current,
    };
  });
}

type OrderRow = typeof orders.$inferSelect;

async function requirePayable(shop: Shop, tx: Tx, { orderNo, buyer }: PaymentRequest): Promise<OrderRow> {
  const [order] = await tx
    .select()
    .from(orders)
    .where(and(eq(orders.orderNo, orderNo), eq(orders.memberId, buyer.memberId)))
    .for("no key update");
  if (!order) throw new AppError("not_found");
  if (order.status === "closing" || order.status === "closed")
    throw new AppError(order.closedReason === "expired" ? "order_expired" : "order_closed");
  if (order.status !== "pending") throw new AppError("already_paid");
  const leftMs = order.expiresAt.getTime() - shop.now().getTime();
  if (leftMs <= 0) throw new AppError("order_expired");
  if (leftMs < leastTimeToPayMs) throw new AppError("order_expiring");
  const [member] = await tx.select().from(members).where(eq(members.id, order.memberId));
  if (member?.blockedAt) throw new AppError("member_blocked"); // Its order runs out like any that nobody pays.
  return order;
}

function isSamePayment(current: PaymentRow, tradeType: TradeType, payer: Payer): boolean {
  return (
    current.tradeType === tradeType &&
    current.appid === payer.appid &&
    current.openid === payer.openid &&
    (tradeType !== "MWEB" || current.payerAddress === payer.payerAddress)
  );
}

async function insertPayment(
  shop: Shop,
  tx: Tx,
  order: OrderRow,
  tradeType: TradeType,
  payer: Payer,
): Promise<PaymentRow> {
  const now = shop.now();
  const { wechat, siteUrl } = shop.environment;
  const { shopName } = await readSettings(tx);
  const attempts = await tx.$count(payments, eq(payments.orderId, order.id));
  const [firstLine] = await tx.select().from(orderLines).where(eq(orderLines.orderId, order.id)).limit(1);
  const outTradeNo = newOutTradeNo(order.orderNo, attempts + 1);
  const request = buildUnifiedOrder(wechat, {
    appId: payer.appid,
    outTradeNo,
    title: `${shopName}-${firstLine?.title ?? ""}`,
    totalFen: order.totalFen,
    payerAddress: payer.payerAddress,
    notifyUrl: `${siteUrl}/api/notify`,
    startAt: now,
    expireAt: order.expiresAt,
    nonce: newNonce(),
    ...byTradeType(tradeType, {
      openid: payer.openid ?? "",
      site: { name: shopName, url: siteUrl },
      productId: String(order.id),
    }),
  });
  const [payment] = await tx
    .insert(payments)
    .values({
      orderId: order.id,
      outTradeNo,
      tradeType,
      ...payer,
      mchId: wechat.mchId,
      signType: wechat.signType,
      totalFen: order.totalFen,
      request,
      createdAt: now,
    })
    .returning();
  if (!payment) throw new Error("a payment was not inserted");
  await tx.insert(transitions).values({
    entity: "payment",
    entityId: payment.id,
    orderId: order.id,
    event: "create",
    toStatus: "created",
    actor: `buyer:${order.memberId}`,
    at: now,
  });
  await addJob(tx, {
    task: "query_payment",
    payload: { orderId: order.id, paymentId: payment.id },
    runAt: new Date(now.getTime() + ladderMs[0]),
    key: `query_payment:${payment.id}`,
  });
  return payment;
}

function byTradeType(
  tradeType: TradeType,
  of: { openid: string; site: { name: string; url: string }; productId: string },
) {
  switch (tradeType) {
    case "JSAPI":
      return { tradeType, openid: of.openid };
    case "MWEB":
      return { tradeType, site: of.site };
    case "NATIVE":
      return { tradeType, productId: of.productId };
  }
}

/** Gives up on a number, unless money is on it: it is closed at WeChat as soon as that is possible. */
async function supersede(shop: Shop, payment: PaymentRow): Promise<void> {
  const found = await queryPayment(shop, payment);
  if (found === "paid") throw new AppError("already_paid");
  if (found === "disputed") throw new AppError("payment_disputed");
  if (found === "unknown_result") throw new AppError("wechat_unavailable");
  const now = shop.now();
  await shop.db.transaction(async (tx) => {
    await tx
      .select({ id: orders.id })
      .from(orders)
      .where(eq(orders.id, payment.orderId))
      .for("no key update");
    await tx
      .update(payments)
      .set({ supersededAt: now })
      .where(and(eq(payments.id, payment.id), isNull(payments.supersededAt)));
    await queueClosing(tx, payment, now);
  });
}
