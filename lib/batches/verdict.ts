import { type ProblemCode, problemStatus } from "@/lib/http/app-error";

/** Why a row of a batch is not shipped, where no problem of the shop's has the word for it. */
export const rowProblems = [
  "column_missing",
  "order_missing",
  "order_ambiguous",
  "digits_lost",
  "tracking_missing",
  "carrier_unclear",
  "quantity_invalid",
  "sku_unknown",
  "contents_unclear",
  "row_repeated",
  "second_parcel",
] as const;
export type RowProblem = (typeof rowProblems)[number];

/** What a row of a batch comes to; every other word is why it was refused. */
export type Verdict = "ready" | "shipped" | "undone" | RowProblem | ProblemCode;

export const rowProblemOf = (verdict: string): RowProblem | null =>
  rowProblems.find((known) => known === verdict) ?? null;

export const problemOf = (verdict: string): ProblemCode =>
  Object.hasOwn(problemStatus, verdict) ? (verdict as ProblemCode) : "internal";
