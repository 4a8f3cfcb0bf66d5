import { createHash } from "node:crypto";
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { products, variants } from "@/lib/db/schema/catalog";
import { transitions } from "@/lib/db/schema/deeds";
import { idempotencyKeys, orderLines, orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import { lockBuyer } from "@/lib/members/lock-member";
import { type Buyer, openSession, sessionLifeMs } from "@/lib/members/session";
import { createMember } from "@/lib/members/sign-in-with-openid";
import type { Settings } from "@/lib/settings/definitions";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { freightOf } from "./freight";
import { newOrderNo } from "./order-no";
import { type OrderRequest, parseRecipient } from "./order-request";
import type { Recipient } from "./recipient";

export type CreatedOrder = { orderId: number; memberId: number; guestToken: string | null };

/**
 * Takes an order: price and title from the database, stock held, expiry queued, all in one transaction.
 * A stranger becomes a guest, whose token is in the answer. The same `idempotencyKey` of the same buyer gives the
 * same order again for 24 hours; with another body it is refused, and so is a buyer whom the shop has blocked.
 */
export async function createOrder(
  shop: Shop,
  {
    buyer,
    request,
    idempotencyKey,
  }: { buyer: Buyer | null; request: OrderRequest; idempotencyKey: string | null },
): Promise<CreatedOrder> {
  const now = shop.now();
  const settings = await readSettings(shop.db);

  return shop.db.transaction(async (tx) => {
    const memberId = buyer?.memberId ?? (await createMember(tx));
    const { isBlocked } = await lockBuyer(tx, memberId);
    const key =
      idempotencyKey === null ? null : { memberId, key: idempotencyKey, requestHash: hashRequest(request) };
    const known = key && (await findByKey(tx, key, now));
    if (known) return { orderId: known, memberId, guestToken: null };
    if (isBlocked) throw new AppError("member_blocked");

    const goods = await readGoods(tx, request);
    const kind = oneKind(goods);
    const recipient = kind === "physical" ? parseRecipient(request.recipient) : null;
    await refuseTooManyUnpaid(tx, {
      memberId,
      phone: recipient?.phone ?? null,
      most: settings.maxUnpaidOrders,
    });

    const orderId = await insertOrder(tx, {
      memberId,
      kind,
      goods,
      recipient,
      note: request.note || null,
      settings,
      now,
    });
    if (key) await tx.insert(idempotencyKeys).values({ ...key, orderId, createdAt: now });
    await addJob(tx, {
      task: "close_order",
      payload: { orderId },
      runAt: new Date(now.getTime() + settings.orderExpiresMinutes * 60_000),
      key: `close_order:${orderId}`,
    });
    // Last, because a best-seller's row is what other buyers wait for.
    await allocate(tx, goods);
    const guestToken = buyer
      ? null
      : await openSession(tx, { memberId, expiresAt: new Date(now.getTime() + sessionLifeMs.cookie) });
    return { orderId, memberId, guestToken };
  });
}

type Good = {
  variantId: number;
  sku: string;
  title: string;
  image: string | null;
  kind: "physical" | "virtual";
  priceFen: number;
  quantity: number;
};

function hashRequest(request: OrderRequest): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}

async function findByKey(
  tx: Tx,
  key: { memberId: number; key: string; requestHash: string },
  now: Date,
): Promise<number | null> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const mine = and(eq(idempotencyKeys.memberId, key.memberId), eq(idempotencyKeys.key, key.key));
  const [known] = await tx
    .select()
    .from(idempotencyKeys)
    .where(and(mine, gt(idempotencyKeys.createdAt, dayAgo)));
  if (!known) {
    await tx.delete(idempotencyKeys).where(mine);
    return null;
  }
  if (known.requestHash !== key.requestHash) throw new AppError("idempotency_key_reused");
  return known.orderId;
}

async function readGoods(tx: Tx, request: OrderRequest): Promise<Good[]> {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of request.items) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  const rows = await tx
    .select({ variant: variants, product: products })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      and(
        inArray(variants.sku, [...quantities.keys()]),
        eq(products.onSale, true),
        eq(variants.onSale, true),
      ),
    )
    .orderBy(variants.id)
    .for("key share", { of: variants }); // As the lines will: nobody deletes a variant in between.
  const missing = [...quantities.keys()].filter((sku) => !rows.some(({ variant }) => variant.sku === sku));
  if (missing.length) throw new AppError("product_unavailable", { skus: missing });

  return rows.map(({ variant, product }) => ({
    variantId: variant.id,
    sku: variant.sku,
    title: variant.title ? `${product.title} ${variant.title}` : product.title,
    image: product.images[0] ?? null,
    kind: product.kind,
    priceFen: variant.priceFen,
    quantity: quantities.get(variant.sku) ?? 0,
  }));
}

function oneKind(goods: Good[]): Good["kind"] {
  const kinds = new Set(goods.map((good) => good.kind));
  const [kind] = kinds;
  if (!kind || kinds.size > 1) throw new AppError("mixed_kinds");
  return kind;
}

async function refuseTooManyUnpaid(
  tx: Tx,
  who: { memberId: number; phone: string | null; most: number },
): Promise<void> {
  // The member's row is locked already; a phone number has no row to lock.
  if (who.phone)
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`phone:${who.phone}`}, 0))`);
  const unpaid = inArray(orders.status, ["pending", "closing"]);
  const ofMember = await tx.$count(orders, and(unpaid, eq(orders.memberId, who.memberId)));
  const ofPhone = who.phone ? await tx.$count(orders, and(unpaid, eq(orders.phone, who.phone))) : 0;
  if (Math.max(ofMember, ofPhone) >= who.most) throw new AppError("too_many_unpaid", { limit: who.most });
}

const largestTotalFen = 1_000_000_000;

async function insertOrder(
  tx: Tx,
  of: {
    memberId: number;
    kind: Good["kind"];
    goods: Good[];
    recipient: Recipient | null;
    note: string | null;
    settings: Settings;
    now: Date;
  },
): Promise<number> {
  const goodsFen = of.goods.reduce((sum, good) => sum + good.priceFen * good.quantity, 0);
  const freightFen = freightOf({ kind: of.kind, goodsFen }, of.settings);
  if (goodsFen + freightFen > largestTotalFen) throw new AppError("total_too_large", { largestTotalFen });

  const order = await insertNumbered(tx, {
    memberId: of.memberId,
    kind: of.kind,
    goodsFen,
    freightFen,
    totalFen: goodsFen + freightFen,
    recipient: of.recipient,
    phone: of.recipient?.phone ?? null,
    note: of.note,
    createdAt: of.now,
    expiresAt: new Date(of.now.getTime() + of.settings.orderExpiresMinutes * 60_000),
  });
  await tx
    .insert(orderLines)
    .values(of.goods.map(({ kind: _, ...line }) => ({ ...line, orderId: order.id })));
  await tx.insert(transitions).values({
    entity: "order",
    entityId: order.id,
    orderId: order.id,
    event: "create",
    toStatus: "pending",
    actor: `buyer:${of.memberId}`,
    at: of.now,
  });
  return order.id;
}

/** Two orders of one second may draw the same number: a thousand a second, once in two hundred such seconds. */
async function insertNumbered(
  tx: Tx,
  order: Omit<typeof orders.$inferInsert, "orderNo"> & { createdAt: Date },
): Promise<{ id: number }> {
  for (let draw = 0; draw < 5; draw++) {
    const [inserted] = await tx
      .insert(orders)
      .values({ ...order, orderNo: newOrderNo(order.createdAt) })
      .onConflictDoNothing({ target: orders.orderNo })
      .returning({ id: orders.id });
    if (inserted) return inserted;
  }
  throw new Error("no order number was free");
}

/** Goods come sorted by variant id: everybody locks variants in that order, so nobody waits in a circle. */
async function allocate(tx: Tx, goods: Good[]): Promise<void> {
  for (const { variantId, quantity, sku } of goods) {
    const held = await tx
      .update(variants)
      .set({ allocated: sql`${variants.allocated} + ${quantity}` })
      .where(and(eq(variants.id, variantId), sql`${variants.onHand} - ${variants.allocated} >= ${quantity}`))
      .returning({ id: variants.id });
    if (held.length) continue;
    const [left] = await tx.select().from(variants).where(eq(variants.id, variantId));
    throw new AppError("out_of_stock", { sku, available: left ? left.onHand - left.allocated : 0 });
  }
}
