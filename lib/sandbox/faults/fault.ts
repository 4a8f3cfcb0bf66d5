import { z } from "zod";
import { PaymentPlan } from "@/lib/sandbox/payments/payment-plan";
import { RefundPlan } from "@/lib/sandbox/refunds/refund-plan";

const answering = ["timeout", "reset", "bad-gateway", "slow", "error"] as const;
/** What every XML call of api.mch can be made to do. */
export const faultsOfXmlCalls = [
  ...answering,
  "system-error",
  "frequency-limited",
  "forged-answer",
  "unsigned-answer",
  "garbage",
  "timeout-before",
  "reset-before",
  "system-error-after",
] as const;

/** What the JSON calls that an access token opens can be made to do. */
export const faultsOfTokenCalls = [
  ...answering,
  "system-error",
  "garbage",
  "timeout-before",
  "reset-before",
  "system-error-after",
] as const;

/** What strikes before the call is executed; everything else lets it happen and spoils what comes back. */
export const faultsBefore = [
  "bad-gateway",
  "error",
  "system-error",
  "frequency-limited",
  "timeout-before",
  "reset-before",
  "cert-error",
] as const;

/** What can be made to go wrong, by call. */
export const faultKinds = {
  unifiedorder: [...faultsOfXmlCalls, "reorder"],
  orderquery: [...faultsOfXmlCalls, "stale"],
  closeorder: faultsOfXmlCalls,
  refund: [...faultsOfXmlCalls, "cert-error", "reorder"],
  refundquery: [...faultsOfXmlCalls, "stale"],
  stable_token: answering,
  token: answering,
  access_token: answering,
  jscode2session: answering,
  getticket: answering,
  delivernotify: faultsOfTokenCalls,
  upload_shipping_info: faultsOfTokenCalls,
  get_order: faultsOfTokenCalls,
  get_delivery_list: faultsOfTokenCalls,
  payment: ["plan"],
  "refund-result": ["plan"],
} as const;

/** Those that a caller sees, as opposed to plans for what happens next. */
export const answeredCalls = Object.entries<readonly string[]>(faultKinds).filter(
  ([, kinds]) => !kinds.includes("plan"),
);

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
  /** For `plan` of refund-result. */
  refundPlan: RefundPlan.optional(),
});
export type FaultOptions = z.infer<typeof FaultOptions>;

export const NewFault = z
  .strictObject({
    call: z.enum(Object.keys(faultKinds) as [FaultyCall, ...FaultyCall[]]),
    kind: z.string(),
    /** Only for this number; without it, for the next call of any. Of a refund it may be the out_refund_no. */
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
