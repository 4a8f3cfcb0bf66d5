"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { runSetup } from "@/lib/setup/read-setup";
import { isForwarded } from "@/lib/setup/run-checks";
import { shop } from "@/lib/shop";
import type { Outcome } from "../parts/outcome";

/** Looks again at once, for whoever has just put something right. */
export async function checkAgain(_: Outcome, __: FormData): Promise<Outcome> {
  await requireStaffOnPage("setup.read", "/dashboard/setup");
  const address = await requestAddress();
  const asked = { forwarded: isForwarded((await headers()).get("x-forwarded-for"), address), address };
  await runSetup(shop(), asked);
  refresh();
  const t = await getTranslations("setup");
  return { form: "again", isDone: true, text: t("done"), typed: {} };
}
