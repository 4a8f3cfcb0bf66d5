import { refuseUnshippable } from "@/lib/deliveries/leaving-pieces";
import { AppError, type ProblemCode } from "@/lib/http/app-error";
import { maskRecipient } from "@/lib/members/mask";
import { findOrderIds } from "@/lib/orders/find-order-ids";
import type { Recipient } from "@/lib/orders/recipient";
import type { Shop } from "@/lib/shop";
import { findShippable, type ShippableOrder } from "./find-shippable";

export type SelectedOrder = {
  orderNo: string;
  /** Masked: province and city decide the carrier. */
  recipient: Recipient | null;
  /** What a parcel of now would hold. */
  goods: { title: string; left: number }[];
  parcels: ShippableOrder["parcels"];
  /** Why no parcel can be sent by its number here; null when one can. */
  refused: ProblemCode | null;
};

/** Orders by their numbers, in the order given; a number that is none is left out. */
export async function listSelected(shop: Shop, orderNos: string[]): Promise<SelectedOrder[]> {
  const ids = await findOrderIds(shop, orderNos);
  const orders = await findShippable(shop, [...new Set([...ids.values()].flat())]);
  return orderNos.flatMap((orderNo) => {
    const order = (ids.get(orderNo) ?? [])
      .map((id) => orders.get(id))
      .find((one) => one?.orderNo === orderNo);
    return order ? [describe(order)] : [];
  });
}

function describe(order: ShippableOrder): SelectedOrder {
  const { orderNo, recipient, parcels, pieces } = order;
  const goods = pieces.lines.filter(({ left }) => left > 0).map(({ title, left }) => ({ title, left }));
  return {
    ...{ orderNo, parcels, goods },
    recipient: recipient && maskRecipient(recipient),
    refused: order.kind === "virtual" ? "delivery_kind_invalid" : refusalOf(order),
  };
}

function refusalOf(order: ShippableOrder): ProblemCode | null {
  try {
    refuseUnshippable(order, order.pieces);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
