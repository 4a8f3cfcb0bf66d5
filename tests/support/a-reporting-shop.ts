import { reportDelivery } from "@/lib/deliveries/report-delivery";
import { type Parcel, shipOrder } from "@/lib/deliveries/ship-order";
import { signInMiniProgram } from "@/lib/members/sign-in-mini-program";
import type { Shop } from "@/lib/shop";
import { createPlatform } from "@/lib/wechat/platform";
import { aCaller } from "./a-caller";
import { aRefundShop } from "./a-refund-shop";
import { aPhone, aRecipient } from "./a-shop";
import { aTrackingNo } from "./an-order-to-ship";
import { runDueJobs } from "./run-due-jobs";

export type ReportingShop = Awaited<ReturnType<typeof aReportingShop>>;
export type OwingOrder = Awaited<ReturnType<ReportingShop["aPaidOrder"]>>;

/** A shop at the sandbox whose orders were really paid there, and what WeChat is told of their deliveries. Nothing can be undone. */
export async function aReportingShop(options: { poolSize?: number } = {}) {
  const it = await aRefundShop(options);
  const { shop, sql, sandbox, clock } = it;
  await it.set("deliveryUndoSeconds", 0);
  shop.environment.wechat.deliveryReport = "delivernotify";

  /** What api.weixin was sent, byte for byte, without its token. */
  const told: { path: string; body: string }[] = [];
  const platform = createPlatform({ ...shop.environment.wechat, readTimeoutMs: 400 });
  const { send } = platform.transport;
  platform.transport.send = (request) => {
    told.push({ path: new URL(request.url).pathname, body: request.body ?? "" });
    return send(request);
  };
  shop.platform = platform;

  const self = {
    ...it,
    channel(channel: "delivernotify" | "shipping-info" | "off") {
      shop.environment.wechat.deliveryReport = channel;
    },
    /** An order of physical goods, so many pieces of each product, paid inside WeChat or in the mini program. */
    async aPaidOrder(of: PaidOrder = {}) {
      const app = of.app ?? "official";
      const address = `203.0.113.${++callers & 255}`;
      const buyer = app === "mini" ? await aMiniCaller(it, address) : aCaller({ address });
      const skus: string[] = [];
      for (const _ of of.quantities ?? [1]) skus.push((await it.aProduct({ kind: "physical" })).sku);
      const items = skus.map((sku, at) => ({ sku, quantity: of.quantities?.[at] ?? 1 }));
      const recipient = { ...aRecipient, phone: aPhone() };
      const { body } = await buyer.order({ items, recipient });
      const orderNo = String(body.orderNo);
      const tradeType = app === "mini" ? "JSAPI" : "NATIVE";
      const paying = await buyer.pay(orderNo, tradeType);
      if (paying.status !== 200) throw new Error(`not paid: ${JSON.stringify(paying.body)}`);
      const [row] = await sql`SELECT o.id::int, o.total_fen::int AS "totalFen", p.out_trade_no AS "outTradeNo"
        FROM orders o JOIN payments p ON p.order_id = o.id WHERE o.order_no = ${orderNo}`;
      const outTradeNo = String(row?.outTradeNo);
      const { transactionIds } = await sandbox.pay({ outTradeNo, twice: of.twice });
      const receipts = await sql`SELECT id::int FROM receipts WHERE out_trade_no = ${outTradeNo} ORDER BY id`;
      return {
        buyer,
        orderNo,
        outTradeNo,
        skus,
        orderId: Number(row?.id),
        totalFen: Number(row?.totalFen),
        phone: recipient.phone,
        transactionId: transactionIds[0] ?? "",
        receiptId: Number(receipts[0]?.id),
        otherReceiptId: Number(receipts[1]?.id),
      };
    },
    async ship({ orderNo }: { orderNo: string }, parcel: Partial<Parcel> = {}) {
      const express = { kind: "express" as const, trackingNo: aTrackingNo(), lines: "rest" as const };
      return shipOrder(shop, { orderNo, parcel: { ...express, ...parcel }, by: it.boss });
    },
    /** The messages about its transaction, in turn. */
    messages: ({ transactionId }: { transactionId: string }) =>
      told.filter(({ body }) => body.includes(transactionId)).map(({ body }) => body),
    /** WeChat says this errcode to the next call. */
    refuse: (
      call: "delivernotify" | "upload_shipping_info" | "get_order" | "stable_token",
      code: number | string,
      times = 1,
    ) => sandbox.fault({ call, kind: "error", options: { code: String(code) }, times }),
    /** The report as if it had never been tried. */
    async untried({ receiptId }: { receiptId: number }) {
      await sql`UPDATE delivery_reports SET status = 'queued', attempts = 0, next_try_at = NULL, channel = NULL,
        request = NULL, error_code = NULL, error_text = NULL, reported_at = NULL WHERE receipt_id = ${receiptId}`;
      await sql`UPDATE alarms SET status = 'resolved', resolved_at = now() WHERE status <> 'resolved'`;
      await sql`DELETE FROM wechat_calls WHERE report_id IS NOT NULL`;
    },
    /** A paid order whose goods have all left. */
    async aShippedOrder(of: PaidOrder = {}) {
      const order = await self.aPaidOrder(of);
      await self.ship(order);
      return order;
    },
    /** One run of the job that tells it. */
    report: ({ receiptId }: { receiptId: number }, given?: { force?: boolean; shop?: Shop }) =>
      reportDelivery(given?.shop ?? shop, receiptId, { force: given?.force ?? false }),
    /** So much time passes, and then one run of the job. */
    async reportAfter(order: { receiptId: number }, ms: number) {
      clock.now = new Date(clock.now.getTime() + ms);
      await self.report(order);
    },
    /** Whatever is due, until nothing is. */
    async runAll() {
      for (let runs = 0; runs < 30 && (await runDueJobs(shop)) > 0; runs += 1);
    },
    /** The report's row, and what hangs on it. */
    async owed({ receiptId }: { receiptId: number }) {
      const [row] =
        await sql`SELECT id::int, status, channel, deliver_status AS "deliverStatus", attempts, request,
        error_code AS "errorCode", extract(epoch FROM next_try_at - ${clock.now.toISOString()}::timestamptz)::int AS "nextInSeconds"
        FROM delivery_reports WHERE receipt_id = ${receiptId}`;
      if (!row) throw new Error("no report is owed");
      const calls = await sql`SELECT call, outcome FROM wechat_calls WHERE report_id = ${row.id} ORDER BY id`;
      const alarms = await sql`SELECT kind, status FROM alarms
        WHERE dedupe_key LIKE ${`report_%:${row.id}`} AND status <> 'resolved' ORDER BY id`;
      const [job] =
        await sql`SELECT extract(epoch FROM run_at - ${clock.now.toISOString()}::timestamptz)::int AS at
        FROM graphile_worker.jobs WHERE key = ${`report_delivery:${receiptId}`}`;
      return {
        id: Number(row.id),
        status: String(row.status),
        channel: row.channel as string | null,
        deliverStatus: row.deliverStatus as number | null,
        attempts: Number(row.attempts),
        request: row.request as Record<string, string> | null,
        errorCode: row.errorCode as string | null,
        nextInSeconds: row.nextInSeconds as number | null,
        jobInSeconds: (job?.at ?? null) as number | null,
        calls: calls.map(({ call, outcome }) => `${call} ${outcome}`),
        alarms: alarms.map(({ kind }) => String(kind)),
      };
    },
    /** Whether the order's clock runs. */
    async clockRuns({ orderId }: { orderId: number }) {
      const [row] = await sql`SELECT deliver_by IS NOT NULL AND clock_ended_at IS NULL AS runs FROM orders
        WHERE id = ${orderId}`;
      return Boolean(row?.runs);
    },
    /** The alarms about tokens that nobody and nothing has resolved. */
    async openTrouble() {
      const rows = await sql`SELECT dedupe_key AS key, count, facts FROM alarms
        WHERE kind = 'token_trouble' AND status <> 'resolved' ORDER BY id`;
      return rows.map((row) => ({ ...row }) as { key: string; count: number; facts: object });
    },
    /** All is in order again: no faults, no stored token, no alarm about one, nothing queued. */
    async calm() {
      await sandbox.disarm();
      self.channel("delivernotify");
      await sql`DELETE FROM access_tokens`;
      await sql`UPDATE alarms SET status = 'resolved', resolved_at = now() WHERE status <> 'resolved'`;
      await sql`DELETE FROM graphile_worker._private_jobs`;
    },
    /** What WeChat's ledger has of its reports: "1 ok, 2 copies". */
    async told({ outTradeNo }: { outTradeNo: string }) {
      const reports = await sandbox.reports(outTradeNo);
      return reports.map((one) => `${one.status} ${one.message} ×${one.copies}`);
    },
  };
  return self;
}

type PaidOrder = { app?: "official" | "mini"; quantities?: number[]; twice?: boolean };

async function aMiniCaller(it: Awaited<ReturnType<typeof aRefundShop>>, address: string) {
  const { code } = await it.sandbox.code({ buyer: "lin", app: "mini" });
  const { token } = await signInMiniProgram(it.shop, { code }, null);
  return aCaller({ address, headers: { authorization: `Bearer ${token}` } });
}

let callers = 0;
