import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { firstOf, hrefOf, type SearchParams } from "@/app/dashboard/parts/query";
import { readSecondStep } from "@/lib/auth/second-step";
import { currentStaff } from "@/lib/auth/staff";
import { ownPath } from "@/lib/http/own-path";
import { shop } from "@/lib/shop";
import { Entrance } from "../entrance";
import { CodeForm } from "./code-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  return { title: `${t("signIn.codeTitle")} · ${t("title")}`, robots: { index: false } };
}

/** The second step of a sign-in, for a browser in which the password was right. */
export default async function CodePage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const returnTo = ownPath(firstOf(query.returnTo), shop().environment.siteUrl) ?? "/dashboard";
  if (await currentStaff()) redirect(returnTo);
  const again = hrefOf("/sign-in", { returnTo });
  if (!(await readSecondStep())) redirect(again);

  const t = await getTranslations("desk.signIn");
  const words = {
    code: t("code"),
    hint: t("codeHint"),
    submit: t("submit"),
    submitting: t("submitting"),
  };
  return (
    <Entrance title={t("codeTitle")} note={t("codeNote")}>
      <CodeForm words={words} returnTo={returnTo} />
      <p className="mt-5 border-line border-t pt-4 text-s text-soft">{t("codeLost")}</p>
      <p className="mt-2">
        <Link href={again} prefetch={false}>
          {t("otherAccount")}
        </Link>
      </p>
    </Entrance>
  );
}
