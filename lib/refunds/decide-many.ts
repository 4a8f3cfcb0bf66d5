import { AppError, type ProblemCode } from "@/lib/http/app-error";
import { toAppError } from "@/lib/http/problem";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { approveRefund } from "./approve-refund";
import { rejectRefund } from "./reject-refund";
import type { RefundStatus } from "./state";

export type Verdict = {
  refundNo: string;
  ok: boolean;
  /** Why not. */
  code: ProblemCode | null;
  /** Where it is now; null when it was not changed. */
  status: RefundStatus | null;
  waitsForSecond: boolean;
};

const atMost = 100;

/** Decides several requests alike, each on its own: one that may not be decided does not hold up the others. */
export async function decideMany(
  shop: Shop,
  of: { refundNos: string[]; verdict: "approve" | "reject"; note: string | null; by: Person },
): Promise<Verdict[]> {
  const numbers = [...new Set(of.refundNos)];
  if (numbers.length > atMost) throw new AppError("malformed", { limit: atMost });
  const verdicts: Verdict[] = [];
  for (const refundNo of numbers) verdicts.push(await decideOne(shop, { ...of, refundNo }));
  return verdicts;
}

async function decideOne(
  shop: Shop,
  of: { refundNo: string; verdict: "approve" | "reject"; note: string | null; by: Person },
): Promise<Verdict> {
  const { refundNo } = of;
  try {
    if (of.verdict === "approve")
      return { refundNo, ok: true, code: null, ...(await approveRefund(shop, of)) };
    await rejectRefund(shop, of);
    return { refundNo, ok: true, code: null, status: "rejected", waitsForSecond: false };
  } catch (error) {
    const { code } = toAppError(error); // The verdicts before this one stand and must be told.
    return { refundNo, ok: false, code, status: null, waitsForSecond: false };
  }
}
