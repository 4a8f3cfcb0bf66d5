import { randomUUID } from "node:crypto";
import { markUsed } from "@/lib/addresses/mark-used";
import { saveAddress } from "@/lib/addresses/save-address";
import { takeFromCart } from "@/lib/cart/take-from-cart";
import type { Tx } from "@/lib/db/connect";
import { idempotencyKeys } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import { lockBuyer } from "@/lib/members/lock-member";
import { type Buyer, openSession, sessionLifeMs } from "@/lib/members/session";
import { createMember } from "@/lib/members/sign-in-with-openid";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import { allocateStock } from "./allocate-stock";
import { findPlaced, placingKey } from "./find-placed";
import { insertOrder } from "./insert-order";
import { limitUnpaid } from "./limit-unpaid";
import { type OrderRequest, parseRecipient } from "./order-request";
import { priceOrders } from "./price-orders";
import { type Good, readGoods } from "./read-goods";
import type { Recipient } from "./recipient";

export type Placing = {
  buyer: Buyer | null;
  request: OrderRequest;
  idempotencyKey: string | null;
  /** Goods that are sent together with goods that are delivered online: two orders, or `mixed_kinds`. */
  mixed: "split" | "refuse";
  /** Where the goods come from: out of the cart they leave it, and must be in it. */
  from?: "cart";
  /** What becomes of the recipient in the buyer's address book: a saved one was used, or a new one is kept. */
  address?: { used: number } | "keep";
};

export type PlacedOrders = {
  /** The first to pay leading. */
  orderIds: [number, ...number[]];
  memberId: number;
  guestToken: string | null;
};

/**
 * Takes what one checkout asks for, whole or not at all: price and title from the database, stock held, expiry queued, in
 * one transaction. Two orders of one checkout share `placedWith`. A stranger becomes a guest, whose token is in the answer.
 * The same `idempotencyKey` of the same buyer gives the same orders again for 24 hours; with another request it is
 * refused, and so is a buyer whom the shop has blocked, and a total that is not the `expectedTotalFen`.
 */
export async function placeOrders(shop: Shop, of: Placing): Promise<PlacedOrders> {
  const now = shop.now();
  const settings = await readSettings(shop.db);

  return shop.db.transaction(async (tx) => {
    const memberId = of.buyer?.memberId ?? (await createMember(tx));
    const { isBlocked } = await lockBuyer(tx, memberId);
    const key =
      of.idempotencyKey === null
        ? null
        : placingKey({ memberId, key: of.idempotencyKey, request: of.request });
    const placed = key && (await findPlaced(tx, key, now));
    if (placed) return { orderIds: atLeastOne(placed), memberId, guestToken: null };
    if (isBlocked) throw new AppError("member_blocked");

    const goods = await readGoods(tx, of.request.items);
    const priced = priceOrders(goods, settings);
    if (priced.length > 1 && of.mixed === "refuse") throw new AppError("mixed_kinds");
    const isSent = priced.some(({ kind }) => kind === "physical");
    const recipient = isSent ? parseRecipient(of.request.recipient) : null;
    if (of.from === "cart") await takeFromCart(tx, { memberId, goods });
    await refuseOtherTotal(tx, { priced, goods, request: of.request });
    await limitUnpaid(tx, { memberId, phone: recipient?.phone ?? null, most: settings.maxUnpaidOrders });
    if (recipient && of.address) await keepAddress(tx, { memberId, recipient, address: of.address, now });

    const placedWith = priced.length > 1 ? randomUUID() : null;
    const orderIds: number[] = [];
    for (const order of priced)
      orderIds.push(
        await insertOrder(tx, {
          memberId,
          priced: order,
          recipient: order.kind === "physical" ? recipient : null,
          note: of.request.note || null,
          placedWith,
          expiresMinutes: settings.orderExpiresMinutes,
          now,
        }),
      );
    const ids = atLeastOne(orderIds);
    if (key) await tx.insert(idempotencyKeys).values({ ...key, orderId: ids[0], createdAt: now });
    // Last, because a best-seller's row is what other buyers wait for; of all orders at once, to keep to the order of ids.
    await allocateStock(tx, goods);
    const guestToken = of.buyer
      ? null
      : await openSession(tx, { memberId, expiresAt: new Date(now.getTime() + sessionLifeMs.cookie) });
    return { orderIds: ids, memberId, guestToken };
  });
}

/** `out_of_stock` first: a line that could not be had is not in the total that the buyer was shown. */
async function refuseOtherTotal(
  tx: Tx,
  { priced, goods, request }: { priced: { totalFen: number }[]; goods: Good[]; request: OrderRequest },
): Promise<void> {
  const { expectedTotalFen } = request;
  const totalFen = priced.reduce((sum, order) => sum + order.totalFen, 0);
  if (expectedTotalFen == null || expectedTotalFen === totalFen) return;
  await allocateStock(tx, goods); // To see whether there is enough: nothing of this transaction stays.
  throw new AppError("price_changed", { expectedTotalFen, totalFen });
}

async function keepAddress(
  tx: Tx,
  of: { memberId: number; recipient: Recipient; address: { used: number } | "keep"; now: Date },
): Promise<void> {
  if (of.address === "keep") await saveAddress(tx, { ...of, usedAt: of.now });
  else await markUsed(tx, { memberId: of.memberId, addressId: of.address.used, at: of.now });
}

function atLeastOne(ids: number[]): [number, ...number[]] {
  const [first, ...rest] = ids;
  if (first === undefined) throw new Error("nothing was ordered");
  return [first, ...rest];
}
