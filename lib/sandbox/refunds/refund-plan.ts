import { z } from "zod";
import { refundClaims } from "@/lib/sandbox/notify/refund-message";
import { largestFen } from "@/lib/wechat/fen";

const dayMs = 24 * 60 * 60_000;

/** How the notification of a refund's result is to go wrong. */
export const RefundMessagePlan = z.strictObject({
  /** Encrypted with another key, or naming somebody else, or return_code FAIL with nothing in it. */
  claim: z.enum(refundClaims).optional(),
  /** Only the notification says this refund_fee; a query tells the truth. */
  notifyRefundFen: z.int().min(1).max(largestFen).optional(),
  /** The notification starts so much later. Real time, whatever the factor. */
  lateMs: z
    .int()
    .min(0)
    .max(7 * dayMs)
    .optional(),
  /** The same message so many times at once. */
  copies: z.int().min(1).max(100).optional(),
  /** So many tries of the notification are lost on the way; 16 are all of them. */
  drops: z.int().min(0).max(16).optional(),
});
export type RefundMessagePlan = z.infer<typeof RefundMessagePlan>;

/** How a refund is to end. All of it is optional: an empty plan is an ordinary refund. */
export const RefundPlan = RefundMessagePlan.extend({
  /** SUCCESS unless told otherwise. */
  outcome: z.enum(["SUCCESS", "CHANGE", "REFUNDCLOSE"]).optional(),
  /** How long it stays PROCESSING; the time factor shortens it. 0 notifies before refund answers. null: until told. */
  settleMs: z
    .int()
    .min(0)
    .max(60 * dayMs)
    .nullable()
    .optional(),
  /** refund_recv_accout: where the money goes, 支付用户零钱 unless told otherwise. */
  recvAccount: z.string().min(1).max(64).optional(),
});
export type RefundPlan = z.infer<typeof RefundPlan>;
