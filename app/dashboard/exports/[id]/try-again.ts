"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { findExport } from "@/lib/exports/find-export";
import { retryExport } from "@/lib/exports/retry-export";
import { AppError } from "@/lib/http/app-error";
import { shop } from "@/lib/shop";
import { type Outcome, textOf } from "../../parts/outcome";
import { refusalText } from "../../parts/refusal-text";

/** Has a file that failed written once more, for who may see it. */
export async function tryAgain(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("lists.export", "/dashboard/exports");
  const t = await getTranslations("exports");
  const exportId = Number(textOf(form, "exportId"));
  const told = { form: "again", typed: {} };
  try {
    const isOne = Number.isSafeInteger(exportId) && exportId > 0;
    if (!isOne || !(await findExport(shop(), { exportId, reader: staff }))) throw new AppError("not_found");
    await retryExport(shop(), { exportId });
  } catch (error) {
    return { ...told, isDone: false, text: refusalText(await getLocale(), error) };
  }
  revalidatePath(`/dashboard/exports/${exportId}`);
  return { ...told, isDone: true, text: t("queuedAgain") };
}
