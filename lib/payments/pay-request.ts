import { z } from "zod";
import { tradeTypes } from "@/lib/db/schema/payments";
import { AppError } from "@/lib/http/app-error";
import { fieldProblems } from "@/lib/orders/order-request";

/** The body of `POST /api/pay`. */
export const PayRequest = z.object({ orderNo: z.string().min(1).max(40), tradeType: z.enum(tradeTypes) });
export type PayRequest = z.infer<typeof PayRequest>;

export function parsePayRequest(body: unknown): PayRequest {
  const parsed = PayRequest.safeParse(body);
  if (!parsed.success) throw new AppError("malformed", { errors: fieldProblems(parsed.error) });
  return parsed.data;
}
