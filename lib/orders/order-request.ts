import { z } from "zod";
import { AppError, type FieldProblem } from "@/lib/http/app-error";
import { mostLines, mostPieces } from "./order-limits";
import { Recipient } from "./recipient";

/** The body of `POST /api/orders`. Prices are not in it: they come from the database. */
export const OrderRequest = z.object({
  items: z
    .array(z.object({ sku: z.string().min(1).max(64), quantity: z.int().min(1).max(mostPieces) }))
    .min(1)
    .max(mostLines),
  recipient: z.record(z.string(), z.unknown()).nullish(),
  note: z.string().trim().max(500).nullish(),
  expectedTotalFen: z.int().min(1).nullish().meta({
    description:
      "What the buyer was shown, freight included: should it be another amount by now, 409 price_changed.",
  }),
});
export type OrderRequest = z.infer<typeof OrderRequest>;

export function parseOrderRequest(body: unknown): OrderRequest {
  const parsed = OrderRequest.safeParse(body);
  if (!parsed.success) throw new AppError("malformed", { errors: fieldProblems(parsed.error) });
  return parsed.data;
}

/** Understood, but nobody can deliver there: each field says what is wrong with it. */
export function parseRecipient(recipient: OrderRequest["recipient"]): Recipient {
  if (!recipient)
    throw new AppError("recipient_required", { errors: [{ path: "recipient", code: "required" }] });
  const parsed = Recipient.safeParse(recipient);
  if (!parsed.success)
    throw new AppError("recipient_invalid", { errors: fieldProblems(parsed.error, "recipient") });
  return parsed.data;
}

/** Each wrong field once, by its path; the last name of the path is the text's key, unless the rule names another. */
export function fieldProblems(error: z.ZodError, under?: string): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const issue of error.issues) {
    const path = [under, ...issue.path].filter((part) => part !== undefined).join(".");
    const last = issue.path.findLast((part) => typeof part === "string");
    const named = issue.code === "custom" ? issue.params?.code : undefined;
    const code = named ?? last ?? "invalid";
    problems.set(path, { path, code: String(code) });
  }
  return [...problems.values()];
}
