import { AppError } from "@/lib/http/app-error";

/** One of the staff, and where the request came from. */
export type Person = { staffId: number; address: string };

/** A text that somebody else may read, or none: at most 500 characters. */
export function readOptionalNote(note: string | null | undefined): string | null {
  const text = note?.trim() || null;
  if (text && (text.length > 500 || text.includes("\0")))
    throw new AppError("malformed", { errors: [{ path: "note", code: "note" }] });
  return text;
}

/** A text that somebody else will read: 1 to 500 characters. */
export function readNote(note: string | null | undefined): string {
  const text = note?.trim() ?? "";
  if (!text || text.length > 500 || text.includes("\0")) throw new AppError("reason_required");
  return text;
}
