"use server";

import { createHash } from "node:crypto";
import { revalidatePath } from "next/cache";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { formatFen } from "@/app/ui/format-fen";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import type { AppError } from "@/lib/http/app-error";
import { problemText, toAppError } from "@/lib/http/problem";
import { findOrder, type OrderView } from "@/lib/orders/find-order";
import { limitRefundRequests } from "@/lib/refunds/limit-refunds";
import { buyerReasons } from "@/lib/refunds/reasons";
import { parseRefundRequest, type RefundRequest } from "@/lib/refunds/refund-request";
import { requestRefund } from "@/lib/refunds/request-refund";
import { shop } from "@/lib/shop";
import { requireFormKey } from "../../../form-key";
import { formText } from "../../../form-text";
import { askProblemsOf, tooMuch } from "./ask-problems";
import type { AskState } from "./ask-state";
import { type AskProblem, readAsking } from "./read-asking";

/** The order's own buyer asks. The same verb as `POST /api/refund`; a form sent twice asks once. */
export async function askRefund(_before: AskState, form: FormData): Promise<AskState> {
  const buyer = await findCurrentBuyer();
  const order =
    buyer && (await findOrder(shop(), { orderNo: formText(form, "orderNo"), memberId: buyer.memberId }));
  if (!buyer || !order) notFound();

  const asking = readAsking(form, order.lines);
  const reason = buyerReasons.find((one) => one === form.get("reason"));
  const problems: AskProblem[] = Array.isArray(asking) ? asking : [];
  if (!reason) {
    problems.push({ field: "reason", code: "reason" });
    // The verb is not asked this time, and every wrong field is told at once.
    if (!Array.isArray(asking) && asking.refundFen > order.refundableFen)
      problems.push(tooMuch(form, order.refundableFen));
  }
  if (Array.isArray(asking) || !reason) return refusal(form, { problems });

  try {
    await limitRefundRequests(shop(), buyer.memberId);
    const request = parseRefundRequest({
      orderNo: order.orderNo,
      ...asking,
      reason,
      note: formText(form, "reasonText"),
      pictures: form.getAll("pictures"),
    });
    const idempotencyKey = keyOf(requireFormKey(formText(form, "formKey")), request, order);
    await requestRefund(shop(), { by: { memberId: buyer.memberId }, request, idempotencyKey });
  } catch (error) {
    revalidatePath("/orders/[orderNo]/refund", "page"); // What can be refunded may be less than the page showed.
    return refusal(form, askProblemsOf(toAppError(error), form, order));
  }
  redirect(`/orders/${order.orderNo}`);
}

/**
 * Changed and sent again, after going back, the same form is a new request; so it is when an earlier one came to
 * nothing meanwhile.
 */
function keyOf(formKey: string, request: RefundRequest, order: OrderView): string {
  const ended = order.refunds.filter(({ status }) => status === "rejected" || status === "withdrawn").length;
  const content = createHash("sha256")
    .update(JSON.stringify([request, ended]))
    .digest("hex");
  return `form:${formKey}:${content}`;
}

async function refusal(
  form: FormData,
  { problems, code }: { problems: AskProblem[]; code?: AppError["code"] },
): Promise<AskState> {
  const t = await getTranslations("shop.refundForm");
  const locale = await getLocale();
  const textOf = ({ code: key, fen = 0, count = 0 }: AskProblem) =>
    t(`problems.${key}`, { amount: formatFen(fen, locale), count });
  return {
    typed: Object.fromEntries(
      [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    ),
    problems: Object.fromEntries(problems.map((problem) => [problem.field, textOf(problem)])),
    message: code ? problemText(locale, code) : null,
  };
}
