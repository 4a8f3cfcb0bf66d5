import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AlarmPlan } from "@/lib/sandbox/alarms/alarm-plan";
import type { AlarmSettings } from "@/lib/sandbox/alarms/alarm-settings";
import type { describeReport, describeUpload } from "@/lib/sandbox/control/describe-delivery";
import type { describeAlarm } from "@/lib/sandbox/control/describe-notification";
import type { describeOrder } from "@/lib/sandbox/control/describe-order";
import type { describeRefund } from "@/lib/sandbox/control/describe-refund";
import type { ArmedFault } from "@/lib/sandbox/faults/arm";
import type { NewFault } from "@/lib/sandbox/faults/fault";
import type { Call } from "@/lib/sandbox/ledger/calls";
import type { Totals } from "@/lib/sandbox/ledger/totals";
import type { PaymentPlan } from "@/lib/sandbox/payments/payment-plan";
import type { RefundMessagePlan, RefundPlan } from "@/lib/sandbox/refunds/refund-plan";
import type { RefundSettings } from "@/lib/sandbox/refunds/refund-settings";
import type { SettledStatus } from "@/lib/sandbox/refunds/settle-refund";
import type { ShippingSettings } from "@/lib/sandbox/shipping/shipping-settings";
import { createMerchant, type Merchant } from "@/lib/wechat/merchant";
import { createPlatform, type Platform } from "@/lib/wechat/platform";
import type { SignType } from "@/lib/wechat/signature";

/** What the shop would read as its settings. */
export type MerchantFile = Record<
  | "mchId"
  | "appId"
  | "appSecret"
  | "miniAppId"
  | "miniAppSecret"
  | "apiKey"
  | "appKey"
  | "certFile"
  | "keyFile"
  | "caFile"
  | "payUrl"
  | "apiUrl"
  | "openUrl"
  | "webUrl"
  | "pushToken"
  | "encodingAesKey",
  string
> & { signType: SignType };

export type LedgerOrder = ReturnType<typeof describeOrder>;
export type LedgerReport = ReturnType<typeof describeReport>;
export type LedgerUpload = ReturnType<typeof describeUpload>;
export type LedgerAlarm = ReturnType<typeof describeAlarm>;
export type LedgerRefund = ReturnType<typeof describeRefund>;
/** What the merchant has for refunds. */
export type Purses = { unsettledFen: number; rechargeFen: number };
type Settled = { notificationId: number; refund: LedgerRefund };
type Pay = PaymentPlan & { outTradeNo: string; also?: string; buyer?: string; wait?: boolean };
type Paid = { transactionIds: string[]; notificationIds: number[]; order: LedgerOrder };

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts WeChat's stand-in as its own process on its own temporary folder, unless `dataDir` says where.
 * `control` throws an Error with the sandbox's words when it refuses.
 */
export async function startSandbox(options: { timeFactor?: number; dataDir?: string } = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "zhanggui-sandbox-"));
  let child = await launch(dataDir, options.timeFactor);
  const readMerchant = () =>
    JSON.parse(readFileSync(join(dataDir, "sandbox", "merchant.json"), "utf8")) as MerchantFile;
  let merchant = readMerchant();

  async function control<Result>(name: string, body: unknown = {}): Promise<Result> {
    const response = await fetch(`${merchant.webUrl}/control/${name}`, {
      method: "POST",
      headers: { "x-sandbox-control": "test" },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Result & { error?: string };
    if (!response.ok) throw new Error(answer.error);
    return answer;
  }

  return {
    dataDir,
    get merchant() {
      return merchant;
    },
    control,
    /** The buyer pays; resolves after the first try of the notification, unless `wait: false`. */
    pay: (payment: Pay) => control<Paid>("pay", { wait: payment.lateMs === undefined, ...payment }),
    resend: (given: { outTradeNo?: string; outRefundNo?: string; id?: number; copies?: number }) =>
      control<{ notificationId: number; order: LedgerOrder | null }>("resend", { wait: true, ...given }),
    fault: (fault: Pick<NewFault, "call" | "kind"> & Partial<NewFault>) =>
      control<{ armed: number }>("fault", fault),
    disarm: () => control<{ disarmed: number }>("disarm"),
    order: (outTradeNo: string) => control<LedgerOrder>("order", { outTradeNo }),
    orders: () => control<{ orders: LedgerOrder[] }>("orders", { limit: 1000 }).then((one) => one.orders),
    /** What WeChat's ledger says of a number's refunds, or of all, oldest first. */
    refunds: (outTradeNo?: string) =>
      control<{ refunds: LedgerRefund[] }>("refunds", { outTradeNo, limit: 5_000 }).then((one) =>
        one.refunds.reverse(),
      ),
    /** One refund, or null while WeChat has not accepted it. */
    refund: (outRefundNo: string) =>
      control<{ refunds: LedgerRefund[] }>("refunds", { outRefundNo }).then((one) => one.refunds[0] ?? null),
    /** How the shop's next refund is to end: of the order or refund number given, or of any. Each plan is used once, or `times`. */
    refundPlan: (plan: RefundPlan & { outTradeNo?: string; times?: number }) =>
      control<{ armed: number }>("refund-plan", plan),
    /** Ends a refund now; resolves after the first try of its notification, unless `wait: false`. */
    settleRefund: (
      end: RefundMessagePlan & {
        outRefundNo: string;
        status: SettledStatus;
        recvAccount?: string;
        wait?: boolean;
      },
    ) => control<Settled>("refund", { wait: end.lateMs === undefined, ...end }),
    /** A notification about a refund and nothing else: the ledger stays as it is, whatever the message says. */
    refundMessage: (
      message: RefundMessagePlan & { outRefundNo: string; status?: SettledStatus; wait?: boolean },
    ) => control<Settled>("refund-message", { wait: message.lateMs === undefined, ...message }),
    /** A person refunds by hand in the merchant platform, with a plan of its own. Settles and notifies like any other: see `settleRefund`. */
    portalRefund: (
      refund: RefundPlan & {
        outTradeNo?: string;
        transactionId?: string;
        refundFen: number;
        recharge?: boolean;
      },
    ) => control<{ refund: LedgerRefund }>("portal-refund", refund).then((one) => one.refund),
    /** Sets or tops up the merchant's purses, and answers what is in them. */
    purse: (change: Partial<Purses> & { topUpUnsettledFen?: number; topUpRechargeFen?: number } = {}) =>
      control<Purses>("purse", change),
    /** `settleMs: null` is a slow bank, `gapMs: 0` lifts the minute between two refunds of one payment. */
    refundSettings: (change: Partial<RefundSettings> = {}) =>
      control<RefundSettings>("refund-settings", change),
    /** What delivernotify told and WeChat accepted, of a number or of all, oldest first: one row a distinct message, `copies` of it. */
    reports: (outTradeNo?: string) =>
      control<{ reports: LedgerReport[] }>("reports", { outTradeNo, limit: 20_000 }).then((one) =>
        one.reports.reverse(),
      ),
    /** Shipping info that was accepted, of a number or of all, oldest first. */
    uploads: (outTradeNo?: string) =>
      control<{ uploads: LedgerUpload[] }>("uploads", { outTradeNo, limit: 20_000 }).then((one) =>
        one.uploads.reverse(),
      ),
    /** The buyer confirms the receipt (order_state 3), or all is completed (4): nothing can be shipped any more. */
    confirmReceipt: (of: { outTradeNo: string; completed?: boolean }) =>
      control<{ transactionId: string; orderState: number }>("confirm-receipt", of),
    /** `knownAfterMs`: so long after paying, shipping info gets 10060001. */
    shippingSettings: (change: Partial<ShippingSettings> = {}) =>
      control<ShippingSettings>("shipping-settings", change),
    /** An alarm now, about a number or about none; resolves after its first try, unless `wait: false`. */
    alarm: (alarm: AlarmPlan & { outTradeNo?: string; wait?: boolean } = {}) =>
      control<{ notificationId: number; alarm: LedgerAlarm }>("alarm", {
        wait: alarm.lateMs === undefined,
        ...alarm,
      }),
    /** Alarms that were sent or wait to be, of a number or of all, oldest first. */
    alarms: (outTradeNo?: string) =>
      control<{ alarms: LedgerAlarm[] }>("alarms", { outTradeNo, limit: 20_000 }).then((one) =>
        one.alarms.reverse(),
      ),
    /** `lateAfterMs: null`: none by WeChat's own clock. `url: null`: the order's site, /api/alarm. */
    alarmSettings: (change: Partial<AlarmSettings> = {}) => control<AlarmSettings>("alarm-settings", change),
    /** The account's live tokens run out now: the next call gets 42001, stable_token issues a new one. */
    expireToken: (of: { app?: "official" | "mini" } = {}) =>
      control<{ appId: string; expired: number }>("expire-token", of),
    calls: (filter: { outTradeNo?: string; outRefundNo?: string; call?: string } = {}) =>
      control<{ calls: Call[] }>("calls", { limit: 20_000, ...filter }).then((one) => one.calls),
    state: () => control<{ now: string; totals: Totals; purses: Purses; faults: ArmedFault[] }>("state"),
    clock: (change: { factor?: number; advanceMs?: number; reset?: boolean }) => control("clock", change),
    close: (outTradeNo: string) => control<LedgerOrder>("close", { outTradeNo }),
    /** A code as OAuth or wx.login gives it, and the openids it stands for. */
    code: (given: { buyer?: string; app?: "official" | "mini" } = {}) =>
      control<{ code: string; openid: string; miniOpenid: string }>("code", given),
    /** Keeps ledger and queue; `kill` first to see what a crash leaves. */
    async restart(timeFactor = options.timeFactor) {
      await end(child, "SIGTERM");
      child = await launch(dataDir, timeFactor);
      merchant = readMerchant();
    },
    kill: () => end(child, "SIGKILL"),
    async stop() {
      await end(child, "SIGTERM");
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type SandboxProcess = Awaited<ReturnType<typeof startSandbox>>;

/** The two clients of lib/wechat, set up as the shop sets them up. */
export function clientsOf(
  sandbox: SandboxProcess,
  overrides: { signType?: SignType; apiKey?: string; readTimeoutMs?: number } = {},
): { merchant: Merchant; platform: Platform; close(): Promise<void> } {
  const file = sandbox.merchant;
  const merchant = createMerchant({ ...file, ...overrides });
  const platform = createPlatform({ apiUrl: file.apiUrl, caFile: file.caFile });
  return {
    merchant,
    platform,
    async close() {
      await Promise.all([merchant.transport.close(), platform.transport.close()]);
    },
  };
}

async function launch(dataDir: string, timeFactor: number | undefined): Promise<ChildProcess> {
  const child = spawn(join(root, "node_modules/.bin/node"), ["--import", "tsx", "lib/sandbox/main.ts"], {
    cwd: root,
    env: {
      ...process.env,
      WECHAT_MCH_ID: "", // Whatever a developer's .env says.
      DATA_DIR: dataDir,
      ...(timeFactor !== undefined && { SANDBOX_TIME_FACTOR: String(timeFactor) }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      log += chunk.toString("utf8");
      if (log.includes("sandbox ready")) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}: ${log}`)));
  });
  return child;
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}
