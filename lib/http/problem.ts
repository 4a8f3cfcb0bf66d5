import en from "@/messages/en/problems.json";
import zh from "@/messages/zh-CN/problems.json";
import { AppError, type FieldProblem, type ProblemCode, problemStatus } from "./app-error";
import { errorCode } from "./error-facts";
import { type Locale, localeOf } from "./locale";
import { log } from "./log";

const texts = { "zh-CN": zh, en } satisfies Record<Locale, unknown>;

/** An RFC 9457 document in the caller's language; `code` is stable, the words are not. */
export function problemResponse(request: Request, error: unknown): Response {
  const known = toAppError(error);
  const locale = localeOf(request);
  const { errors, retryAfterS, ...facts } = known.facts;
  const document = {
    ...facts, // First: none of them may hide a member that RFC 9457 names.
    type: "about:blank",
    title: problemText(locale, known.code),
    status: problemStatus[known.code],
    code: known.code,
    ...(errors && { errors: errors.map((field) => ({ ...field, message: fieldText(locale, field) })) }),
  };
  const headers = new Headers({
    "content-type": "application/problem+json; charset=utf-8",
    "content-language": locale,
    "cache-control": "no-store",
  });
  if (retryAfterS !== undefined) headers.set("retry-after", String(Math.max(1, Math.ceil(retryAfterS))));
  return new Response(JSON.stringify(document), { status: document.status, headers });
}

/** Whatever was thrown, as a refusal that can be told to the caller. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : unexpected(error);
}

export function problemText(locale: Locale, code: ProblemCode): string {
  return texts[locale][code];
}

export function fieldText(locale: Locale, field: FieldProblem): string {
  const fields: Record<string, string> = texts[locale].fields;
  return fields[field.code] ?? fields.invalid ?? field.code;
}

const databaseTrouble = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "57P02",
  "57P03",
  "57P01",
  "53300",
]);

/** Not ours to explain to the caller: the log has the rest. */
function unexpected(error: unknown): AppError {
  log.error({ err: error }, "request failed");
  return new AppError(databaseTrouble.has(errorCode(error)) ? "database_unavailable" : "internal");
}
