"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { verifyByPerson } from "@/lib/audit/verify-by-person";
import type { Verification } from "@/lib/audit/verify-entries";
import { requestAddress } from "@/lib/auth/staff";
import { requireStaffOnPage } from "@/lib/auth/staff-page";
import { shop } from "@/lib/shop";
import { type Outcome, textOf, typedIn } from "../parts/outcome";

/** Works the chain out again and tells what came of it. */
export async function verify(_: Outcome, form: FormData): Promise<Outcome> {
  const staff = await requireStaffOnPage("audit.read", "/dashboard/audit");
  const t = await getTranslations("audit.verify");
  const noted = textOf(form, "noted").toLowerCase();
  const told = { form: "verify", typed: typedIn(form) };
  if (noted && !/^[0-9a-f]{64}$/.test(noted)) return { ...told, isDone: false, text: t("noHash") };
  const behind = Number(textOf(form, "behind"));
  const found = await verifyByPerson(shop(), {
    ...{ notedHash: noted || null, from: Number.isSafeInteger(behind) && behind > 0 ? behind : undefined },
    by: { staffId: staff.id, address: await requestAddress() },
  });
  revalidatePath("/dashboard/audit");
  return {
    ...told,
    isDone: found.broken === null && (found.noted === null || found.noted.sealNo !== null),
    text: [brokenText(t, found), notedText(t, found), unsealedText(t, found)].filter(Boolean).join(" "),
    ...(!found.isEnded && {
      next: { href: `/dashboard/audit?behind=${found.to}`, label: t("goOn", { to: found.to }) },
    }),
  };
}

type Words = Awaited<ReturnType<typeof getTranslations<"audit.verify">>>;

function brokenText(t: Words, { broken, checked, to, isEnded }: Verification): string {
  if (!broken) return isEnded ? t("whole", { count: checked }) : t("soFar", { count: checked, to });
  const { kind, sealNo, entryId } = broken;
  return t(`broken.${kind}`, { sealNo: sealNo ?? 0, entryId: entryId ?? 0 });
}

function notedText(t: Words, { noted }: Verification): string | null {
  if (!noted) return null;
  return noted.sealNo === null ? t("notedMissing") : t("notedFound", { sealNo: noted.sealNo });
}

function unsealedText(t: Words, { unsealed }: Verification): string | null {
  return unsealed > 0 ? t("unsealed", { count: unsealed }) : null;
}
