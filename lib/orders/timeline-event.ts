import type { AlarmStatus } from "@/lib/alarms/state";
import type { NotificationKind, NotificationVerdict } from "@/lib/db/schema/notifications";
import type { MoneySource, ReceiptVerdict } from "@/lib/db/schema/receipts";

/**
 * One thing that happened to an order or a refund, or waits to happen. `key` names the row it is read from; openids and signatures
 * are masked in `raw`.
 */
export type TimelineEvent = { at: Date; key: string } & (
  | {
      kind: "notification";
      id: number;
      of: NotificationKind;
      verdict: NotificationVerdict;
      reason: string | null;
      answer: string;
      copies: number;
      lastReceivedAt: Date;
      transactionId: string | null;
      headers: Record<string, string>;
      raw: { text: string; truncated: boolean };
    }
  | {
      kind: "receipt";
      transactionId: string;
      outTradeNo: string;
      totalFen: number;
      feeType: string;
      verdict: ReceiptVerdict;
      reason: string | null;
      source: MoneySource;
      paidAt: Date;
    }
  | {
      kind: "transition";
      entity: "order" | "payment" | "refund" | "delivery" | "report";
      event: string;
      from: string | null;
      to: string;
      actor: string;
      /** When one of the staff did it. */
      staffName: string | null;
      outTradeNo: string | null;
      tradeType: string | null;
      outRefundNo: string | null;
    }
  | {
      kind: "call";
      call: string;
      outcome: string;
      errorText: string | null;
      tookMs: number;
      outTradeNo: string | null;
      outRefundNo: string | null;
    }
  | {
      kind: "alarm";
      id: number;
      of: string;
      source: "wechat" | "shop";
      status: AlarmStatus;
      count: number;
    }
  | { kind: "note"; text: string; staffId: number; staffName: string }
  | { kind: "outbox"; task: string }
  | { kind: "job_run"; task: string; attempt: number; endedAt: Date | null; error: string | null }
  | {
      kind: "audit";
      action: string;
      staffId: number | null;
      staffName: string | null;
      subject: string;
      subjectId: string;
    }
  | { kind: "waiting_job"; task: string; attempts: number; lastError: string | null; running: boolean }
);
