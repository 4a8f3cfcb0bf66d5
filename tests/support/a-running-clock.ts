import type { ReportStatus } from "@/lib/deliveries/state";
import type { Shop } from "@/lib/shop";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import { aRefundableOrder } from "./a-refundable-order";
import { aProduct } from "./a-shop";

const hourMs = 60 * 60_000;

type Wished = {
  kind?: "physical" | "virtual";
  quantity?: number;
  /** From the shop's now; otherwise what WeChat gives. */
  leftHours?: number;
  assignedTo?: number;
  shipped?: number;
  /** Of what paid the order. */
  report?: { status: ReportStatus; deliverStatus?: 0 | 1 | null; attempts?: number };
};

/** A paid order whose clock runs, and how far it has come: rows as the verbs leave them. */
export async function aRunningClock(shop: Shop, of: Wished = {}) {
  const { kind = "physical", quantity = 1, shipped = 0, report } = of;
  const { sku } = await aProduct(shop, { kind });
  const order = await aRefundableOrder(shop, {
    items: [{ sku, quantity }],
    isPhysical: kind === "physical",
    shipped,
  });
  const { orderId, receiptId } = order;
  if (of.leftHours !== undefined)
    await shop.sql`UPDATE orders SET deliver_by = ${new Date(shop.now().getTime() + of.leftHours * hourMs).toISOString()}
      WHERE id = ${orderId}`;
  if (shipped >= quantity) await shop.sql`UPDATE orders SET status = 'shipped' WHERE id = ${orderId}`;
  if (of.assignedTo) await shop.sql`UPDATE orders SET assigned_to = ${of.assignedTo} WHERE id = ${orderId}`;
  if (report) {
    const { status, deliverStatus = 1, attempts = 0 } = report;
    await shop.sql`INSERT INTO delivery_reports (receipt_id, order_id, status, deliver_status, deliver_msg, attempts)
      VALUES (${receiptId}, ${orderId}, ${status}, ${deliverStatus}, 'ok', ${attempts})`;
  }
  return order;
}

/** One of the staff, without a password. */
export async function aPerson(
  shop: Shop,
  role: "owner" | "finance" | "fulfilment" | "support",
): Promise<Person> {
  const { id } = await addStaff(shop, { email: `${crypto.randomUUID().slice(0, 8)}@shop.test`, role }, null);
  return { staffId: id, address: "127.0.0.1" };
}
