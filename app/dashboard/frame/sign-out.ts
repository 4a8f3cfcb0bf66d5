"use server";

import { redirect } from "next/navigation";
import { closeStaffSession } from "@/lib/auth/staff-session";

/** Anybody may sign themselves out. */
export async function signOut(): Promise<void> {
  await closeStaffSession();
  redirect("/sign-in");
}
