import { z } from "zod";
import { PaymentPlan } from "@/lib/sandbox/payments/payment-plan";

const answering = ["timeout", "reset", "bad-gateway", "slow", "error"] as const;
const signedAnswering = [...answering, "system-error", "frequency-limited", "forged-answer"] as const;

/**
 * What can be made to go wrong, by call. `timeout`, `reset`, `forged-answer`, `slow` and `reorder` execute
 * the call; the others refuse it before anything happens.
 */
export const faultKinds = {
  unifiedorder: [...signedAnswering, "reorder"],
  orderquery: [...signedAnswering, "stale"],
  closeorder: signedAnswering,
  stable_token: answering,
  token: answering,
  access_token: answering,
  jscode2session: answering,
  payment: ["plan"],
} as const;

export type FaultyCall = keyof typeof faultKinds;
export type FaultKind = (typeof faultKinds)[FaultyCall][number];

export const FaultOptions = z.strictObject({
  /** For `slow`: how long the answer is held. Real time. */
  delayMs: z.int().min(1).max(120_000).optional(),
  /** For `error`: WeChat's err_code, or the errcode of the JSON calls. */
  code: z
    .string()
    .regex(/^-?[A-Z0-9_]{1,32}$/)
    .optional(),
  text: z.string().max(128).optional(),
  /** For `plan`, and for the payment that `reorder` makes. */
  plan: PaymentPlan.optional(),
});
export type FaultOptions = z.infer<typeof FaultOptions>;

export const NewFault = z
  .strictObject({
    call: z.enum(Object.keys(faultKinds) as [FaultyCall, ...FaultyCall[]]),
    kind: z.string(),
    /** Only for this number; without it, for the next call of any. */
    outTradeNo: z.string().min(1).max(64).optional(),
    times: z.int().min(1).max(1_000).default(1),
    options: FaultOptions.default({}),
  })
  .superRefine((fault, context) => {
    const kinds: readonly string[] = faultKinds[fault.call] ?? [];
    if (!kinds.includes(fault.kind)) {
      context.addIssue({ code: "custom", message: `${fault.call} can be: ${kinds.join(", ")}` });
    }
  });
export type NewFault = z.infer<typeof NewFault>;
