import type { z } from "zod";
import { AppError } from "@/lib/http/app-error";
import { fieldProblems, OrderRequest } from "./order-request";

/** The body of `POST /api/orders/quote`. An order's may be sent as it is: what else is in it is not looked at. */
export const QuoteRequest = OrderRequest.pick({ items: true });
export type QuoteRequest = z.infer<typeof QuoteRequest>;

export function parseQuoteRequest(body: unknown): QuoteRequest {
  const parsed = QuoteRequest.safeParse(body);
  if (!parsed.success) throw new AppError("malformed", { errors: fieldProblems(parsed.error) });
  return parsed.data;
}
