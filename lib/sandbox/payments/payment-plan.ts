import { z } from "zod";
import { claims } from "@/lib/sandbox/notify/payment-message";
import { largestFen } from "@/lib/wechat/fen";

const dayMs = 24 * 60 * 60_000;

/** How a payment is to go wrong. All of it is optional: an empty plan is an ordinary payment. */
export const PaymentPlan = z.strictObject({
  /** The notification lies: wrong key, weaker algorithm, somebody else's numbers, or a failed payment. */
  claim: z.enum(claims).optional(),
  /** Whether money moves. Without a claim it does; with one it does not, unless this says so. */
  money: z.boolean().optional(),
  /** Fen really taken, instead of what the order asks. */
  amountFen: z.int().min(1).max(largestFen).optional(),
  /** Only the notification says this amount; a query tells the truth. */
  notifyAmountFen: z.int().min(1).max(largestFen).optional(),
  /** Only the notification says this currency. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  /** Fen of the amount paid with a coupon: cash_fee becomes smaller than total_fee. */
  couponFen: z.int().min(1).max(largestFen).optional(),
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
  /** The number is paid a second time: another transaction_id with its own notification. */
  twice: z.boolean().optional(),
  /** Pay although WeChat would refuse: closed, expired or already paid. */
  force: z.boolean().optional(),
});
export type PaymentPlan = z.infer<typeof PaymentPlan>;
