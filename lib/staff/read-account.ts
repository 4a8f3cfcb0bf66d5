import { z } from "zod";
import { staffRoles } from "@/lib/db/schema/staff";
import { AppError } from "@/lib/http/app-error";

/** How an email address is kept, or null for none: lower case, at most 200 characters. */
export function readEmail(typed: string): string | null {
  const email = z.email().max(200).safeParse(typed.normalize("NFKC").trim().toLowerCase());
  return email.success ? email.data : null;
}

/** What colleagues call a person: 1 to 50 characters. Throws `malformed`. */
export function readName(typed: string): string {
  const name = typed.trim();
  if (!name || name.length > 50 || /\p{Cc}/u.test(name))
    throw new AppError("malformed", { errors: [{ path: "name", code: "personName" }] });
  return name;
}

/** Throws `malformed`. */
export function readRole(typed: string) {
  const role = staffRoles.find((one) => one === typed);
  if (!role) throw new AppError("malformed", { errors: [{ path: "role", code: "role" }] });
  return role;
}
