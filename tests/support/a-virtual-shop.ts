import { addCodes } from "@/lib/deliveries/add-codes";
import { setContent } from "@/lib/deliveries/set-content";
import { parseContent } from "@/lib/deliveries/virtual-content";
import { findOrder } from "@/lib/orders/find-order";
import { addStaff } from "@/lib/staff/add-staff";
import { aRefundableOrder } from "./a-refundable-order";
import { aShop } from "./a-shop";
import { runDueJobs } from "./run-due-jobs";

/** A shop of virtual goods, its owner, and what its buyers see. */
export async function aVirtualShop(options: { poolSize?: number } = {}) {
  const it = await aShop(options);
  const { shop, sql } = it;
  const { id } = await addStaff(shop, { email: "boss@shop.test", role: "owner" }, null);
  const by = { staffId: id, address: "127.0.0.1" };

  return {
    ...it,
    by,
    set: (sku: string, kind: string, text?: string) =>
      setContent(shop, { sku, content: parseContent({ kind, text }), by }),
    add: (sku: string, codes: string[]) => addCodes(shop, { sku, text: codes.join("\n"), by }),
    /** A variant that is delivered as a code, with these in stock. */
    async goodsWithCodes(codes: string[] = []) {
      const goods = await it.aProduct();
      await setContent(shop, { sku: goods.sku, content: { kind: "codes" }, by });
      if (codes.length) await addCodes(shop, { sku: goods.sku, text: codes.join("\n"), by });
      return goods;
    },
    /** Paid, and nothing that follows has run. A second later than the one before. */
    paid(...skus: (string | { sku: string; quantity: number })[]) {
      it.clock.now = new Date(it.clock.now.getTime() + 1000);
      const items = skus.map((item) => (typeof item === "string" ? { sku: item, quantity: 1 } : item));
      return aRefundableOrder(shop, { items });
    },
    /** The outbox and everything that is due, until nothing is. */
    async settle() {
      for (let turn = 0; turn < 10 && (await runDueJobs(shop)) > 0; turn++);
    },
    async seenBy(order: { orderNo: string; memberId: number }) {
      const view = await findOrder(shop, order);
      if (!view) throw new Error("not this buyer's order");
      return view;
    },
    /** What is open about these goods, by its key. */
    alarms: async (...variantIds: number[]) =>
      (
        await sql`SELECT dedupe_key AS key, count, facts FROM alarms WHERE status <> 'resolved'
          AND split_part(dedupe_key, ':', 2) = ANY (${variantIds.map(String)}) ORDER BY dedupe_key`
      ).map(({ key, count, facts }) => ({ key: String(key), count: Number(count), facts })),
    /** Codes of a variant: how many are free, how many are given. */
    async stock(variantId: number) {
      const [row] = await sql`SELECT count(*) FILTER (WHERE delivery_id IS NULL)::int AS free,
        count(delivery_id)::int AS given FROM codes WHERE variant_id = ${variantId}`;
      return { free: Number(row?.free), given: Number(row?.given) };
    },
  };
}
