import { setTimeout as sleep } from "node:timers/promises";
import { approveRefund } from "@/lib/refunds/approve-refund";
import { addStaff } from "@/lib/staff/add-staff";
import { aRunningShop } from "./a-running-shop";
import { aProduct } from "./a-shop";
import { type App, startWorker, type Worker } from "./app";
import { anAskedRefund, anOrderPaidAtWechat } from "./refund-at-wechat";
import { letLeasesRunOut, letTimePass } from "./refund-time";
import { type DatabaseProxy, startProxy } from "./tcp-proxy";

/** Whom it is about: our number, and the one that was paid. */
export type Numbers = { refundNo: string; order: { outTradeNo: string } };
/** How far a sending had come: our row, the calls that we have stored, and WeChat's ledger. */
export type Left = { status: string; attempts: number; calls: number; executed: number };

/**
 * A shop behind a proxy that can make its processes stand still, to be killed there, and started again. A part of
 * each payment is asked back and the sandbox's minute between two refunds is lifted: a second refund under another
 * number would be paid. WeChat ends a refund only when it is told to.
 */
export async function aRefundShopToKill() {
  const ready = Promise.withResolvers<DatabaseProxy>();
  const through = async (databaseUrl: string) => {
    ready.resolve(await startProxy(databaseUrl));
    return (await ready.promise).url;
  };
  const running = await aRunningShop({ worker: false, through });
  const proxy = await ready.promise;
  const { shop, sandbox, apps, environment } = running;
  await sandbox.refundSettings({ settleMs: null, gapMs: 0 });
  const { sku } = await aProduct(shop, { onHand: 100_000, priceFen: 8800 });
  const { id: staffId } = await addStaff(shop, { email: "lin@shop.test", role: "finance" }, null);
  const by = { staffId, address: "127.0.0.1" };
  const refundFen = 3000;
  let worker: Worker | null = null;

  const app = (): App => {
    const [first] = apps;
    if (!first) throw new Error("no app");
    return first;
  };

  const whatIsLeft = async ({ refundNo }: Numbers): Promise<Left> => {
    const [row] = await shop.sql<Omit<Left, "executed">[]>`
      SELECT f.status, f.attempts, (SELECT count(*)::int FROM wechat_calls c WHERE c.refund_id = f.id) AS calls
        FROM refunds f WHERE f.out_refund_no = ${refundNo}`;
    if (!row) throw new Error(`there is no refund ${refundNo}`);
    return { ...row, executed: (await sandbox.refund(refundNo))?.executed ?? 0 };
  };

  const aliveWorker = async () => {
    const env = { SITE_URL: environment.siteUrl }; // Where WeChat is told to send the result.
    worker ??= await startWorker({ databaseUrl: proxy.url, sandbox, env });
  };

  return {
    running,
    ...{ shop, sandbox, proxy, by, sku, refundFen },
    app,
    startAppAgain: async () => {
      apps[0] = await app().again();
    },
    aliveWorker,
    killWorker: async () => {
      await worker?.kill();
      worker = null;
    },
    /** The dead worker's lease runs out, so many seconds more go by, and another worker starts. */
    startWorkerLater: async (seconds: number) => {
      await letLeasesRunOut(shop.sql);
      await letTimePass(shop.sql, seconds);
      await aliveWorker();
    },
    anOrder: () => anOrderPaidAtWechat(shop, { sandbox, sku }),
    anAskedRefund: async () =>
      anAskedRefund(shop, await anOrderPaidAtWechat(shop, { sandbox, sku }), refundFen),
    approve: ({ refundNo }: Numbers) => approveRefund(shop, { refundNo, by }),
    whatIsLeft,
    /** Waits until our row is there. */
    reaches: (refund: Numbers, status: string) =>
      until(async () => (await whatIsLeft(refund)).status === status),
    stop: async () => {
      await worker?.stop();
      await running.stop();
      await proxy.stop();
    },
  };
}

export type RefundShopToKill = Awaited<ReturnType<typeof aRefundShopToKill>>;

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 150_000; !(await isSo()); await sleep(20)) {
    if (Date.now() > end) throw new Error("it did not come to that");
  }
}
