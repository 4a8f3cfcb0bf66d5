import { z } from "zod";
import { AppError } from "@/lib/http/app-error";
import { mostPieces } from "@/lib/orders/order-limits";
import { largestFen } from "@/lib/wechat/fen";
import { buyerReasons, type RefundReason, staffReasons } from "./reasons";

/** What is asked for, parsed. `reason` is a code; the asker's own words stand beside it. */
export type RefundRequest = {
  orderNo: string;
  refundFen: number;
  reason: RefundReason;
  reasonText: string | null;
  lines: { sku: string; quantity: number }[];
  pictures: string[];
};

export const mostPictures = 3;
const mostWords = 500;

/** The body of `POST /api/refund`. */
export const RefundBody = z.object({
  orderNo: z.string().min(1).max(64),
  refundFen: z.int().min(1).max(largestFen),
  reason: z.string().trim().min(1).max(mostWords),
  note: z.string().trim().max(mostWords).nullish(),
  lines: z
    .array(z.object({ sku: z.string().min(1).max(64), quantity: z.int().min(1).max(mostPieces) }))
    .max(100)
    .nullish(),
  pictures: z.array(z.string().max(100)).max(mostPictures).nullish(),
});

/**
 * Reads the body of `POST /api/refund`. A `reason` that is none of the codes is taken as the asker's own words.
 * Throws `malformed` with the fields to mend; what is only not allowed is for the verb to say.
 */
export function parseRefundRequest(body: unknown, by: "buyer" | "staff" = "buyer"): RefundRequest {
  const parsed = RefundBody.safeParse(body);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path }) => ({
      path: path.join("."),
      code: known.find((name) => name === path[path[0] === "lines" ? 2 : 0]) ?? "invalid",
    }));
    throw new AppError("malformed", { errors });
  }
  const { orderNo, refundFen, reason, note, lines, pictures } = parsed.data;
  const codes: readonly RefundReason[] = by === "buyer" ? buyerReasons : staffReasons;
  const code = codes.find((one) => one === reason);
  return {
    orderNo,
    refundFen,
    reason: code ?? "other",
    reasonText: note || (code ? null : reason),
    lines: gather(lines ?? []),
    pictures: [...new Set(pictures ?? [])],
  };
}

/** The body of `POST /api/refund/{refundNo}/return`. */
export const ReturnBody = z.object({ carrier: z.string().max(100), trackingNo: z.string().max(100) });

const known = ["refundFen", "reason", "sku", "quantity", "pictures", "note"]; // Keys of `problems.fields`.

/** The same goods named twice are one line. */
function gather(lines: { sku: string; quantity: number }[]): { sku: string; quantity: number }[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}
