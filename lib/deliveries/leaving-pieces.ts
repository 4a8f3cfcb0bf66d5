import { AppError } from "@/lib/http/app-error";
import { choosePieces, type WantedPieces } from "./choose-pieces";
import type { OrderRow } from "./lock-order";
import type { OrderPieces } from "./read-pieces";

/** `already_shipped`, or `not_shippable` for what was not paid, is closed or refunded, or goes to nobody. */
export function refuseUnshippable(
  order: Pick<OrderRow, "kind" | "status" | "closedReason" | "recipient">,
  { lines, wholeIs }: OrderPieces,
): void {
  if (["shipped", "completed"].includes(order.status)) throw new AppError("already_shipped");
  const isForNobody = order.kind === "physical" && !order.recipient;
  if (order.status !== "paid" || wholeIs === "refunded" || isForNobody)
    throw new AppError("not_shippable", { orderStatus: order.status, closedReason: order.closedReason });
  if (lines.every((line) => line.left === 0)) throw new AppError("already_shipped");
}

/** The pieces that leave, none of them promised back to the buyer: `refund_underway`, and what `choosePieces` refuses. */
export function leavingPieces(
  { lines }: OrderPieces,
  wanted: WantedPieces,
): { variantId: number; quantity: number }[] {
  const leaving = choosePieces(
    lines.map((line) => ({ ...line, most: line.left })),
    wanted,
  );
  const promised = leaving.find((line) => line.wanted > line.left - line.goingBack);
  if (promised)
    throw new AppError("refund_underway", { sku: promised.sku, left: promised.left - promised.goingBack });
  return leaving.map((line) => ({ variantId: line.variantId, quantity: line.wanted }));
}
