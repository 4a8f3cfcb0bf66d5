import { eq } from "drizzle-orm";
import { readYuan } from "@/app/ui/read-yuan";
import { orderLines, orders } from "@/lib/db/schema/orders";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { textOf } from "../../parts/outcome";
import { piecesIn } from "./pieces-in";

type Asked = { refundFen: number; lines: { sku: string; quantity: number }[] };

/**
 * The amount that a form means: all that its page said is left, what was typed, or the price of the pieces named (never
 * more than is left, as freight and earlier refunds may have changed that). Throws `malformed`.
 */
export async function readAsked(shop: Shop, form: FormData): Promise<Asked> {
  const leftFen = Number(textOf(form, "refundableFen"));
  const how = textOf(form, "how");
  if (how === "whole") return { refundFen: leftFen, lines: [] };
  if (how === "part") {
    const refundFen = readYuan(textOf(form, "amount"));
    if (refundFen === null)
      throw new AppError("malformed", { errors: [{ path: "refundFen", code: "refundFen" }] });
    return { refundFen, lines: [] };
  }
  const lines = readPieces(form);
  const prices = await shop.db
    .select({ sku: orderLines.sku, priceFen: orderLines.priceFen })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(eq(orders.orderNo, textOf(form, "orderNo")));
  const priceOf = new Map(prices.map(({ sku, priceFen }) => [sku, priceFen]));
  const fen = lines.reduce((sum, { sku, quantity }) => sum + (priceOf.get(sku) ?? 0) * quantity, 0);
  return { refundFen: Math.min(fen, leftFen), lines };
}

function readPieces(form: FormData): { sku: string; quantity: number }[] {
  const lines = piecesIn(form);
  const valid = lines.length > 0 && lines.every(({ quantity }) => Number.isInteger(quantity) && quantity > 0);
  if (!valid) throw new AppError("malformed", { errors: [{ path: "lines", code: "quantity" }] });
  return lines;
}
