import { z } from "zod";
import { alarmClaims } from "@/lib/sandbox/notify/alarm-message";
import { writeXml } from "@/lib/wechat/xml";

const dayMs = 24 * 60 * 60_000;
const text = (longest: number) =>
  z.string().max(longest).refine(canStandInXml, "a character that XML cannot carry").optional();

/** How an alarm names the order it is about. Nobody promises that it does in any of these ways. */
export const namings = ["transaction_id", "out_trade_no", "text"] as const;

export const alarmAddress = z.url({ protocol: /^https?$/ }).max(256);

/** What an alarm says, and how it arrives. All of it is optional: an empty plan is an ordinary 1001. */
export const AlarmPlan = z.strictObject({
  /** 1001 is 发货超时; nothing else is documented, other numbers have been seen. */
  errorType: z
    .string()
    .regex(/^[0-9]{1,10}$/)
    .optional(),
  description: text(512),
  /** AlarmContent, word for word; without it the order is named as `naming` says. */
  content: text(4_000),
  naming: z.enum(namings).optional(),
  /** Seconds; without it, the sandbox's now. Copies are known by it, the type and the content. */
  timeStamp: z
    .string()
    .regex(/^[0-9]{1,12}$/)
    .optional(),
  claim: z.enum(alarmClaims).optional(),
  /** Where to, for once. */
  url: alarmAddress.optional(),
  /** It starts so much later. Real time, whatever the factor. */
  lateMs: z
    .int()
    .min(0)
    .max(7 * dayMs)
    .optional(),
  /** The same bytes so many times at once. */
  copies: z.int().min(1).max(100).optional(),
  /** So many tries are lost on the way. */
  drops: z.int().min(0).max(16).optional(),
});
export type AlarmPlan = z.infer<typeof AlarmPlan>;

function canStandInXml(given: string): boolean {
  try {
    writeXml({ given });
    return true;
  } catch {
    return false;
  }
}
