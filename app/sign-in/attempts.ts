import { AppError } from "@/lib/http/app-error";
import { ownPath } from "@/lib/http/own-path";
import { shop } from "@/lib/shop";

/** Where a sign-in leads: to the page that was asked for, when it is one of ours. */
export function returnTo(form: FormData): string {
  return ownPath(String(form.get("returnTo") ?? ""), shop().environment.siteUrl) ?? "/dashboard";
}

/** One step of a sign-in, or how long this address has to wait for its next try. */
export async function orWait<T>(
  step: () => Promise<T>,
): Promise<T | { kind: "too_many_requests"; waitS: number }> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "too_many_requests") throw error;
    return { kind: "too_many_requests", waitS: Math.ceil(error.facts.retryAfterS ?? 60) };
  }
}

export function minutesUntil(until: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - shop().now().getTime()) / 60_000));
}
