import { z } from "zod";
import { factorLimits } from "@/lib/sandbox/clock";
import { ControlError } from "@/lib/sandbox/control/control-error";
import { NewFault } from "@/lib/sandbox/faults/fault";
import { buyerId } from "@/lib/sandbox/identity/buyers";
import { PaymentPlan } from "@/lib/sandbox/payments/payment-plan";

export const outTradeNo = z.string().min(1).max(64);
export const outRefundNo = z.string().min(1).max(64);
const buyer = z.string().regex(buyerId, "a buyer is 1 to 40 of a-z, 0-9 and -");
const copies = z.int().min(1).max(100).optional();
export const wait = z.boolean().optional();
const yearMs = 366 * 24 * 60 * 60_000;

export { NewFault };
export const OneOrder = z.strictObject({ outTradeNo });
export const ListOrders = z.strictObject({
  search: z.string().max(64).default(""),
  skip: z.int().min(0).default(0),
  limit: z.int().min(1).max(1_000).default(50),
});
export const ListCalls = z.strictObject({
  outTradeNo: outTradeNo.optional(),
  outRefundNo: outRefundNo.optional(),
  call: z.string().max(40).optional(),
  limit: z.int().min(1).max(20_000).default(200),
});
/** `wait` answers after the first try of the notification; `also` pays a second number in the same breath. */
export const Pay = PaymentPlan.extend({
  outTradeNo,
  also: outTradeNo.optional(),
  buyer: buyer.optional(),
  wait,
});
export const Resend = z.strictObject({
  id: z.int().optional(),
  outTradeNo: outTradeNo.optional(),
  outRefundNo: outRefundNo.optional(),
  copies,
  wait,
});
export const Disarm = z.strictObject({ id: z.int().optional() });
export const TurnClock = z.strictObject({
  factor: z.number().min(factorLimits.least).max(factorLimits.most).optional(),
  advanceMs: z.int().min(-yearMs).max(yearMs).optional(),
  reset: z.boolean().optional(),
});
export const OneBuyer = z.strictObject({ buyer });
export const NewCode = z.strictObject({
  buyer: buyer.default("lin"),
  app: z.enum(["official", "mini"]).default("official"),
});

/** The parsed input, or one line that names what is wrong. */
export function read<Shape extends z.ZodType>(shape: Shape, given: unknown): z.infer<Shape> {
  const reading = shape.safeParse(given);
  if (reading.success) return reading.data;
  const [issue] = reading.error.issues;
  const where = issue?.path.join(".");
  throw new ControlError(
    400,
    where ? `${where}: ${issue?.message}` : (issue?.message ?? "malformed"),
    "malformed",
  );
}
