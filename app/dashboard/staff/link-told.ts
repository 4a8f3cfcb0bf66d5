import { getTranslations } from "next-intl/server";
import { shop } from "@/lib/shop";
import type { Outcome } from "../parts/outcome";

/** A one-time link to pass on: we send no mail, and keep only its hash. */
export async function linkTold(inviteToken: string): Promise<NonNullable<Outcome>["once"]> {
  const t = await getTranslations("staff.invite");
  return {
    label: t("passOn"),
    texts: [`${shop().environment.siteUrl}/invite/${inviteToken}`],
    words: { copy: t("copy"), copied: t("copied") },
  };
}
