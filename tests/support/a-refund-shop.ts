import { approveRefund } from "@/lib/refunds/approve-refund";
import { climbRefundLadder } from "@/lib/refunds/climb-refund-ladder";
import { sendRefund } from "@/lib/refunds/send-refund";
import { type RefundFacts, settleRefund } from "@/lib/refunds/settle-refund";
import type { SettingKey } from "@/lib/settings/definitions";
import { addStaff } from "@/lib/staff/add-staff";
import type { Person } from "@/lib/staff/person";
import type { aCaller } from "./a-caller";
import { aShopAtWechat } from "./a-shop-at-wechat";

export type RefundShop = Awaited<ReturnType<typeof aRefundShop>>;
type Buyers = { buyer: ReturnType<typeof aCaller>; orderNo: string; totalFen: number };

/** A shop at the sandbox, its people, and orders that were really paid there. Refunds end only when they are told to. */
export async function aRefundShop(options: { poolSize?: number } = {}) {
  const it = await aShopAtWechat(options);
  const { shop, sql, sandbox, clock } = it;
  await sandbox.refundSettings({ settleMs: null, gapMs: 0 });
  const boss = await aPerson();

  async function aPerson(role: "owner" | "finance" | "fulfilment" | "support" = "owner"): Promise<Person> {
    const { id } = await addStaff(shop, { email: `p${++people}@shop.test`, role }, null);
    return { staffId: id, address: "127.0.0.1" };
  }
  const idOf = async (refundNo: string) =>
    Number((await sql`SELECT id FROM refunds WHERE out_refund_no = ${refundNo}`)[0]?.id);

  const self = {
    ...it,
    /** An owner. */
    boss,
    aPerson,
    /** An order of virtual goods, paid at WeChat; the shop knows it by its notification. */
    async aPaidOrder(of: Parameters<typeof it.anOrder>[0] & Omit<PayPlan, "outTradeNo"> = {}) {
      const { priceFen, onHand, quantity, sku, ...plan } = of;
      const order = await it.anOrder({ priceFen, onHand, quantity, sku });
      await order.buyer.pay(order.orderNo, "NATIVE");
      const [outTradeNo = ""] = await order.numbers();
      const { transactionIds } = await sandbox.pay({ outTradeNo, ...plan });
      const transactionId = transactionIds[0] ?? "";
      const [receipt] = await sql`SELECT id FROM receipts WHERE transaction_id = ${transactionId}`;
      return { ...order, outTradeNo, transactionId, receiptId: Number(receipt?.id) };
    },
    /** What the order's buyer asks back through the API: the refund's number. */
    async asked(order: Buyers, refundFen = order.totalFen, more = {}) {
      const given = { orderNo: order.orderNo, refundFen, reason: "unwanted", ...more };
      const { status, body } = await order.buyer.refund(given);
      if (status !== 201) throw new Error(`not asked: ${status} ${JSON.stringify(body)}`);
      return String(body.refundNo);
    },
    async approved(order: Buyers, refundFen = order.totalFen): Promise<string> {
      const refundNo = await self.asked(order, refundFen);
      await approveRefund(shop, { refundNo, by: boss });
      return refundNo;
    },
    async accepted(order: Buyers, refundFen = order.totalFen): Promise<string> {
      const refundNo = await self.approved(order, refundFen);
      await self.send(refundNo);
      return refundNo;
    },
    idOf,
    /** One run of the job that sends it. */
    send: async (refundNo: string, options?: { force: boolean }) =>
      sendRefund(shop, await idOf(refundNo), options),
    /** One run of the job that asks about it. */
    climb: async (refundNo: string) => climbRefundLadder(shop, await idOf(refundNo)),
    /** The row, times as milliseconds since the shop's now. */
    async row(refundNo: string) {
      const [row] =
        await sql`SELECT status, refund_fen::int AS "refundFen", requested_fen::int AS "requestedFen", attempts,
        error_code AS "errorCode", error_text AS "errorText", refund_id AS "refundId", request, order_id::int AS "orderId",
        refund_account AS "refundAccount", recv_account AS "recvAccount", manual_method AS "manualMethod", source, reason,
        extract(epoch FROM next_try_at - ${clock.now.toISOString()}::timestamptz)::float8 * 1000 AS "nextTryInMs",
        settled_at AS "settledAt", accepted_at AS "acceptedAt", decided_by::int AS "decidedBy",
        first_approved_by::int AS "firstApprovedBy" FROM refunds WHERE out_refund_no = ${refundNo}`;
      if (!row) throw new Error(`no refund ${refundNo}`);
      return row;
    },
    status: async (refundNo: string): Promise<string> => String((await self.row(refundNo)).status),
    /** Its moves, as "event: from → to". */
    moves: async (refundNo: string) =>
      (
        await sql`SELECT event, from_status AS "from", to_status AS "to" FROM transitions
          WHERE entity = 'refund' AND entity_id = ${await idOf(refundNo)} ORDER BY id`
      ).map(({ event, from, to }) => `${event}: ${from} → ${to}`),
    /** Kinds of its alarms that nobody and nothing has resolved. */
    alarms: async (refundNo: string) =>
      (
        await sql`SELECT kind FROM alarms WHERE status <> 'resolved' AND facts->>'outRefundNo' = ${refundNo} ORDER BY id`
      ).map(({ kind }) => String(kind)),
    /** What WeChat could say of a refund, whether or not its ledger says so. */
    async say(
      order: { outTradeNo: string; transactionId: string; totalFen: number },
      refundNo: string,
      given: Partial<RefundFacts> = {},
    ) {
      const { refundId, refundFen } = await self.row(refundNo);
      const { appId, mchId } = shop.environment.wechat;
      const { outTradeNo, transactionId, totalFen } = order;
      const told = {
        source: "query",
        status: "SUCCESS",
        successAt: null,
        refundRecvAccout: "支付用户零钱",
      } as const;
      const numbers = {
        outTradeNo,
        transactionId,
        outRefundNo: refundNo,
        totalFen,
        refundFen: Number(refundFen),
      };
      const fresh = `5039${Date.now()}${refundNo.slice(-8)}`;
      const facts = { ...told, appId, mchId, ...numbers, refundId: String(refundId ?? fresh), ...given };
      return settleRefund(shop, facts, null);
    },
    /** When the job of this refund runs next, in milliseconds from the shop's now; null when none waits. */
    async nextRunInMs(refundNo: string, task: "send_refund" | "query_refund") {
      const [job] =
        await sql`SELECT extract(epoch FROM run_at - ${clock.now.toISOString()}::timestamptz)::float8 * 1000 AS ms
        FROM graphile_worker.jobs WHERE key = ${`${task}:${await idOf(refundNo)}`}`;
      return job ? Math.round(Number(job.ms)) : null;
    },
    /** The bytes of each try to have it paid back. */
    tries: (refundNo: string) =>
      it.sent
        .filter(({ path, body }) => path.endsWith("/secapi/pay/refund") && body.includes(refundNo))
        .map(({ body }) => body),
    set: (key: SettingKey, value: unknown) =>
      sql`INSERT INTO settings (key, value) VALUES (${key}, ${JSON.stringify(value)}::text::jsonb)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value`.then(() => {}),
    /** Every setting at its default. */
    resetSettings: () => sql`DELETE FROM settings`.then(() => {}),
  };
  return self;
}

type PayPlan = Parameters<Awaited<ReturnType<typeof aShopAtWechat>>["sandbox"]["pay"]>[0];

let people = 0;
