import type { AppError, ProblemCode } from "@/lib/http/app-error";
import type { OrderView } from "@/lib/orders/find-order";
import { quantityField } from "./ask-state";
import type { AskProblem } from "./read-asking";

/** Which field of the form a refusal is about; without any it is told by its own `code`. */
export function askProblemsOf(
  { code, facts }: AppError,
  form: FormData,
  order: Pick<OrderView, "refundableFen">,
): { problems: AskProblem[]; code?: ProblemCode } {
  if (code === "refund_exceeds_payment") return { problems: [tooMuch(form, numberOf(facts.refundableFen))] };
  if (code === "refund_exceeds_order")
    return {
      problems: [
        { field: quantityField(String(facts.sku)), code: "quantity", count: numberOf(facts.pieces) },
      ],
    };
  const problems = (facts.errors ?? []).flatMap(({ path }): AskProblem[] => {
    if (path === "refundFen") return [tooMuch(form, order.refundableFen)];
    if (path === "note") return [{ field: "reasonText", code: "reasonText" }];
    return path.startsWith("pictures") ? [{ field: "pictures", code: "pictures" }] : [];
  });
  return problems.length ? { problems } : { problems, code };
}

/** Beside whatever the buyer chose the amount by. */
export function tooMuch(form: FormData, fen: number): AskProblem {
  return { field: form.get("how") === "whole" ? "how" : "amount", code: "amountTooMuch", fen };
}

function numberOf(fact: unknown): number {
  return typeof fact === "number" ? fact : 0;
}
