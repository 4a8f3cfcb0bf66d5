import { AppError } from "./app-error";

/** The caller's `Idempotency-Key`, or null; `malformed` when it is none. */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new AppError("malformed", { errors: [{ path: "Idempotency-Key", code: "invalid" }] });
  return key;
}
