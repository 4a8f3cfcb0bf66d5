import type { z } from "zod";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/** What one form of the console's does; the text of a failure is shown on the page it comes back to. */
export type ConsoleAction = (sandbox: Sandbox, form: URLSearchParams) => ConsoleResult;
export type ConsoleResult = { ok: true } | { ok: false; text: string };

/** Undefined when the field is empty; what is no number is refused by whoever parses it. */
export function numberOf(form: URLSearchParams, name: string): number | undefined {
  const text = form.get(name)?.trim();
  return text ? Number(text) : undefined;
}

/** From a field in seconds; undefined when it is empty. */
export function millisecondsOf(form: URLSearchParams, name: string): number | undefined {
  const seconds = numberOf(form, name);
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}

export function malformed(error: z.ZodError): ConsoleResult {
  const [issue] = error.issues;
  return { ok: false, text: `${issue?.path.join(".")}: ${issue?.message}` };
}
