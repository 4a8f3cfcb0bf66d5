import { AppError } from "@/lib/http/app-error";

/** The random UUID of a rendered form, by which the same form sent twice is known; `malformed` when it is none. */
export function requireFormKey(text: string): string {
  if (!/^[0-9a-f-]{36}$/.test(text)) throw new AppError("malformed");
  return text;
}
