import { shipOrder } from "@/lib/deliveries/ship-order";
import { parseEnvironment } from "@/lib/environment/environment";
import { keepSecrets } from "@/lib/environment/secrets";
import { settlePayment } from "@/lib/notifications/settle-payment";
import { createOrder } from "@/lib/orders/create-order";
import { startPayment } from "@/lib/payments/start-payment";
import { openShop } from "@/lib/shop";
import { addStaff } from "@/lib/staff/add-staff";
import { until } from "./a-refund-shop-to-kill";
import { aProduct } from "./a-shop";
import { startWorker, type Worker } from "./app";
import { createDatabase } from "./postgres";
import { letLeasesRunOut } from "./refund-time";
import { startSandbox } from "./sandbox";
import { startProxy } from "./tcp-proxy";

export type Channel = "delivernotify" | "shipping-info";
export type PaidOrder = { orderId: number; orderNo: string; outTradeNo: string; transactionId: string };

/** A worker alone, behind a proxy that can make it stand still, to be killed there and started again. Nothing can be undone. */
export async function aReportShopToKill() {
  const [sandbox, database] = await Promise.all([startSandbox(), createDatabase()]);
  keepSecrets(sandbox.dataDir);
  const proxy = await startProxy(database.url);
  const variables = { DATABASE_URL: database.url, SITE_URL: "http://127.0.0.1:1" };
  const shop = openShop(parseEnvironment({ variables, dataDir: sandbox.dataDir }), { name: "test" });
  const { sql } = shop;
  await sql`INSERT INTO settings (key, value) VALUES ('deliveryUndoSeconds', '0')`;
  const { sku } = await aProduct(shop, { onHand: 1000 });
  const { id: staffId } = await addStaff(shop, { email: "lin@shop.test", role: "fulfilment" }, null);
  const by = { staffId, address: "127.0.0.1" };
  let worker: Worker | null = null;

  const aliveWorker = async (channel: Channel) => {
    const env = { WECHAT_DELIVERY_REPORT: channel };
    worker ??= await startWorker({ databaseUrl: proxy.url, sandbox, env });
  };
  /** Waits until its report's row stands there. */
  const reaches = (order: PaidOrder, status: string) =>
    until(async () => {
      const [row] = await sql`SELECT status FROM delivery_reports WHERE order_id = ${order.orderId}`;
      return row?.status === status;
    });
  /** What was due in so many seconds is due now. */
  const letTimePass = async (seconds: number) => {
    const gap = `${seconds} s`;
    await sql`UPDATE delivery_reports SET next_try_at = next_try_at - ${gap}::interval`;
    await sql`UPDATE graphile_worker._private_jobs SET run_at = run_at - ${gap}::interval WHERE locked_at IS NULL`;
    await sql`SELECT pg_notify('jobs:insert', '{"count":4}')`;
  };

  return {
    ...{ shop, sandbox, proxy, aliveWorker, reaches },
    /** Paid in the mini program, as both channels serve it. */
    async anOrder(): Promise<PaidOrder> {
      const { code: _, miniOpenid: openid } = await sandbox.code({ buyer: "lin", app: "mini" });
      const appid = sandbox.merchant.miniAppId;
      const request = { items: [{ sku, quantity: 1 }], recipient: null };
      const made = await createOrder(shop, { buyer: null, request, idempotencyKey: null });
      const [row] = await sql`SELECT order_no, total_fen::int FROM orders WHERE id = ${made.orderId}`;
      const orderNo = String(row?.order_no);
      const buyer = { memberId: made.memberId, appid, openid };
      await startPayment(shop, { orderNo, tradeType: "JSAPI", buyer, payerAddress: "127.0.0.1" });
      const outTradeNo = `${orderNo}P1`;
      const { transactionIds } = await sandbox.pay({ outTradeNo, drops: 16 });
      const transactionId = transactionIds[0] ?? "";
      const { mchId, signType } = shop.environment.wechat;
      const told = { source: "query", resultCode: "SUCCESS", feeType: "CNY", openid } as const;
      const paid = { outTradeNo, transactionId, totalFen: Number(row?.total_fen), paidAt: shop.now() };
      await settlePayment(shop, { ...told, ...paid, appId: appid, mchId, signType }, null);
      return { orderId: made.orderId, orderNo, outTradeNo, transactionId };
    },
    /** The goods are handed over: the report is due at once. */
    ship: ({ orderNo }: PaidOrder) =>
      shipOrder(shop, { orderNo, parcel: { kind: "virtual", lines: "rest" }, by }),
    killWorker: async () => {
      await worker?.kill();
      worker = null;
    },
    stopWorker: async () => {
      await worker?.stop();
      worker = null;
    },
    /** The dead worker's lease runs out, the next try is due, and another worker starts. */
    startWorkerLater: async (channel: Channel) => {
      await letLeasesRunOut(sql);
      await letTimePass(180);
      await aliveWorker(channel);
    },
    /** How far it had come: our row, the calls that we have stored, and WeChat's ledger. */
    async whatIsLeft({ orderId, outTradeNo }: PaidOrder) {
      const [row] = await sql<{ status: string; attempts: number; calls: number }[]>`
        SELECT r.status, r.attempts, (SELECT count(*)::int FROM wechat_calls c WHERE c.report_id = r.id) AS calls
          FROM delivery_reports r WHERE r.order_id = ${orderId}`;
      const told = await sandbox.reports(outTradeNo);
      const uploads = await sandbox.uploads(outTradeNo);
      return { ...row, told: told.length + uploads.length };
    },
    /** All that came of it, once nothing waits any more. */
    async whatCameOf(order: PaidOrder) {
      await reaches(order, "reported");
      await until(async () => {
        await letTimePass(3600);
        const [left] = await sql`SELECT count(*)::int AS count FROM graphile_worker.jobs
          WHERE task_identifier = 'report_delivery' AND attempts < max_attempts`;
        return left?.count === 0;
      });
      const [clock] =
        await sql`SELECT clock_ended_at IS NOT NULL AS ended FROM orders WHERE id = ${order.orderId}`;
      const moves =
        await sql`SELECT event FROM transitions WHERE entity = 'report' AND order_id = ${order.orderId}`;
      const failed = await sql`SELECT task, error FROM job_runs WHERE error IS NOT NULL`;
      return {
        reports: (await sandbox.reports(order.outTradeNo)).map(
          (one) => `${one.status} ${one.message} ×${one.copies}`,
        ),
        uploads: (await sandbox.uploads(order.outTradeNo)).length,
        moves: moves.map(({ event }) => String(event)),
        clockEnded: Boolean(clock?.ended),
        failed: [...failed],
      };
    },
    async stop() {
      await worker?.stop();
      await shop.close();
      await proxy.stop();
      await sandbox.stop();
      await database.drop();
    },
  };
}
