import type { ProductKind } from "@/lib/db/schema/catalog";
import { shipOrder } from "@/lib/deliveries/ship-order";
import { AppError } from "@/lib/http/app-error";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { aRefundableOrder, type RefundableOrder } from "./a-refundable-order";
import type { aShop } from "./a-shop";

type TestShop = Awaited<ReturnType<typeof aShop>>;

export type OrderToShip = RefundableOrder & { skus: string[] };

/** A paid order of several products, so many pieces of each, 10 on hand unless told otherwise. */
export async function anOrderToShip(
  it: TestShop,
  of: { kind?: ProductKind; quantities?: number[]; onHand?: number } = {},
): Promise<OrderToShip> {
  const kind = of.kind ?? "physical";
  const items: { sku: string; quantity: number }[] = [];
  for (const quantity of of.quantities ?? [3, 2]) {
    const { sku } = await it.aProduct({ kind, priceFen: 10_000, onHand: of.onHand ?? 10 });
    items.push({ sku, quantity });
  }
  const order = await aRefundableOrder(it.shop, { items, isPhysical: kind === "physical" });
  return { ...order, skus: items.map(({ sku }) => sku) };
}

export async function aPacker(it: TestShop, email = "packer@shop.test"): Promise<Person> {
  const { id } = await addStaff(it.shop, { email, role: "fulfilment" }, null);
  return { staffId: id, address: "192.0.2.9" };
}

let serial = 0;

/** A number as YTO gives them, never the same twice. */
export function aTrackingNo(): string {
  return `YT88${String(++serial).padStart(11, "0")}`;
}

/** Everything that is left, in one parcel; the delivery's id. */
export async function shippedWhole(
  it: TestShop,
  order: Pick<OrderToShip, "orderNo">,
  by: Person,
): Promise<number> {
  const parcel = { kind: "express", trackingNo: aTrackingNo(), lines: "rest" as const };
  return (await shipOrder(it.shop, { orderNo: order.orderNo, parcel, by })).deliveryId;
}

/** What shipping changes, small enough to compare whole. */
export async function goodsOf({ sql }: Pick<TestShop, "sql">, { orderId }: { orderId: number }) {
  const [order] = await sql`SELECT status FROM orders WHERE id = ${orderId}`;
  const lines = await sql`SELECT l.quantity, l.shipped, l.dropped, v.allocated, v.on_hand AS "onHand"
    FROM order_lines l JOIN variants v ON v.id = l.variant_id WHERE l.order_id = ${orderId} ORDER BY v.id`;
  const deliveries = await sql`SELECT kind, status FROM deliveries WHERE order_id = ${orderId} ORDER BY id`;
  const reports =
    await sql`SELECT status, deliver_status AS "deliverStatus" FROM delivery_reports WHERE order_id = ${orderId}`;
  return {
    order: String(order?.status),
    /** "of 3: 2 shipped", and its product's stock as allocated/on hand. */
    lines: lines.map(
      (line) => `${line.shipped} of ${line.quantity}${line.dropped ? ` less ${line.dropped}` : ""}`,
    ),
    stock: lines.map((line) => `${line.allocated}/${line.onHand}`),
    deliveries: deliveries.map((delivery) => `${delivery.kind} ${delivery.status}`),
    reports: reports.map((report) => `${report.status} ${report.deliverStatus}`),
  };
}

/** The code it was refused with, or "done". */
export async function refusalOf(deed: Promise<unknown>): Promise<string> {
  try {
    await deed;
    return "done";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
