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
  const amount = form.get("how") === "whole" ? "how" : "amount";
  const tooMuch = (fen: number): AskProblem => ({ field: amount, code: "amountTooMuch", fen });
  if (code === "refund_exceeds_payment") return { problems: [tooMuch(numberOf(facts.refundableFen))] };
  if (code === "refund_exceeds_order")
    return {
      problems: [
        { field: quantityField(String(facts.sku)), code: "quantity", count: numberOf(facts.pieces) },
      ],
    };
  const problems = (facts.errors ?? []).flatMap(({ path }): AskProblem[] => {
    if (path === "refundFen") return [tooMuch(order.refundableFen)];
    if (path === "note") return [{ field: "reasonText", code: "reasonText" }];
    return path.startsWith("pictures") ? [{ field: "pictures", code: "pictures" }] : [];
  });
  return problems.length ? { problems } : { problems, code };
}

function numberOf(fact: unknown): number {
  return typeof fact === "number" ? fact : 0;
}
