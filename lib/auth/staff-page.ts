import { forbidden, redirect } from "next/navigation";
import { AppError } from "@/lib/http/app-error";
import type { Staff } from "@/lib/staff/find-staff";
import type { Permission } from "@/lib/staff/rights";
import { requireStaff } from "./staff";

/**
 * The first line of every desk page and of every action on one. Strangers are sent to sign in and come back to `path`;
 * who lacks the right gets the 403 page.
 */
export async function requireStaffOnPage(permission: Permission, path: string): Promise<Staff> {
  try {
    return await requireStaff(permission);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "forbidden") forbidden();
    redirect(`/sign-in?returnTo=${encodeURIComponent(path)}`);
  }
}
