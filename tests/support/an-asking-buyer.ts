import { aCaller } from "./a-caller";
import { moneyArrives } from "./a-refundable-order";
import { aPayment, type aShop } from "./a-shop";

/** A guest with an order of two pieces at 50 yuan each and one at 20, paid unless told otherwise. */
export async function anAskingBuyer(it: Awaited<ReturnType<typeof aShop>>, of: { isPaid?: boolean } = {}) {
  const buyer = aCaller();
  const skus = [
    (await it.aProduct({ priceFen: 5000 })).sku,
    (await it.aProduct({ priceFen: 2000 })).sku,
  ] as const;
  const items = [
    { sku: skus[0], quantity: 2 },
    { sku: skus[1], quantity: 1 },
  ];
  const { body } = await buyer.order({ items });
  const orderNo = String(body.orderNo);
  const totalFen = Number(body.totalFen);
  const [row] = await it.sql`SELECT id::int FROM orders WHERE order_no = ${orderNo}`;
  const orderId = Number(row?.id);
  if (of.isPaid ?? true) {
    const outTradeNo = await aPayment(it.shop, { orderId, orderNo, totalFen });
    await moneyArrives(it.shop, { outTradeNo, totalFen });
  }
  const ask = (given: Record<string, unknown> = {}, headers?: Record<string, string>) =>
    buyer.refund({ orderNo, refundFen: totalFen, reason: "unwanted", ...given }, headers);
  return { buyer, orderNo, orderId, totalFen, skus, ask };
}
