import { readYuan } from "@/app/ui/read-yuan";
import { formText } from "../../../form-text";
import { readFen } from "../../../read-fen";
import { quantityField, ways } from "./ask-state";

type Line = { sku: string; quantity: number; priceFen: number };

/** A field that must be mended: `code` is a key of `shop.refundForm.problems`. */
export type AskProblem = { field: string; code: AskProblemCode; fen?: number; count?: number };
export type AskProblemCode =
  | "how"
  | "amountFormat"
  | "amountZero"
  | "amountTooMuch"
  | "linesNone"
  | "linesTooMuch"
  | "quantity"
  | "reason"
  | "reasonText"
  | "pictures";

export type Asking = { refundFen: number; lines: { sku: string; quantity: number }[] };

/**
 * How much a submitted form asks back. Only what is wrong with the form itself is said here: what is left of the
 * payment is for the verb to say, so that the same form sent twice gets the same answer twice.
 */
export function readAsking(form: FormData, lines: Line[]): Asking | AskProblem[] {
  const how = ways.find((way) => way === form.get("how"));
  if (how === "whole") return readWhole(typedIn(form, "wholeFen"));
  if (how === "part") return readPart(typedIn(form, "amount"));
  if (how === "lines") return readLines(form, lines);
  return [{ field: "how", code: "how" }];
}

/** As much as the page showed: never more than the buyer saw. */
function readWhole(shown: string): Asking | AskProblem[] {
  const refundFen = readFen(shown);
  return refundFen === null ? [{ field: "how", code: "how" }] : { refundFen, lines: [] };
}

function readPart(typed: string): Asking | AskProblem[] {
  const amount = readAmount(typed);
  return typeof amount === "number" ? { refundFen: amount, lines: [] } : [amount];
}

function readLines(form: FormData, lines: Line[]): Asking | AskProblem[] {
  const problems: AskProblem[] = [];
  const chosen: Line[] = [];
  for (const line of lines) {
    const field = quantityField(line.sku);
    const typed = typedIn(form, field).normalize("NFKC");
    const quantity = typed === "" ? 0 : /^\d{1,4}$/.test(typed) ? Number(typed) : null;
    if (quantity === null || quantity > line.quantity)
      problems.push({ field, code: "quantity", count: line.quantity });
    else if (quantity > 0) chosen.push({ ...line, quantity });
  }
  if (problems.length === 0 && chosen.length === 0) problems.push({ field: "lines", code: "linesNone" });

  const worthFen = chosen.reduce((sum, line) => sum + line.priceFen * line.quantity, 0);
  const typed = typedIn(form, "amount");
  const amount = typed === "" ? worthFen : readAmount(typed);
  if (typeof amount !== "number") return [...problems, amount];
  if (problems.length) return problems;
  if (amount > worthFen) return [{ field: "amount", code: "linesTooMuch", fen: worthFen }];
  return { refundFen: amount, lines: chosen.map(({ sku, quantity }) => ({ sku, quantity })) };
}

function readAmount(typed: string): number | AskProblem {
  const fen = readYuan(typed);
  if (fen === null) return { field: "amount", code: "amountFormat" };
  return fen > 0 ? fen : { field: "amount", code: "amountZero" };
}

function typedIn(form: FormData, name: string): string {
  return formText(form, name).trim();
}
