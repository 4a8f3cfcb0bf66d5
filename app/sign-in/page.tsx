import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { firstOf, type SearchParams } from "@/app/dashboard/parts/query";
import { currentStaff } from "@/lib/auth/staff";
import { demoAccount } from "@/lib/demo/demo-staff";
import { ownPath } from "@/lib/http/own-path";
import { shop } from "@/lib/shop";
import { Entrance } from "./entrance";
import { SignInForm } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  return { title: `${t("signIn.title")} · ${t("title")}`, robots: { index: false } };
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const { siteUrl, sandbox } = shop().environment;
  const wished = firstOf(query.returnTo) ?? firstOf(query.callbackUrl); // The second is next-auth's word for it.
  const returnTo = ownPath(wished, siteUrl) ?? "/dashboard";
  if (await currentStaff()) redirect(returnTo);

  const t = await getTranslations("desk.signIn");
  const words = {
    email: t("email"),
    password: t("password"),
    submit: t("submit"),
    submitting: t("submitting"),
  };
  const isBack = firstOf(query.again) !== null; // From the second step, whose time was over.
  const isRefused = firstOf(query.error) !== null; // From next-auth's own form, should anybody use it.
  const problem = isBack ? t("again") : isRefused ? t("refused") : null;
  return (
    <Entrance title={t("title")} note={t("note")}>
      <SignInForm words={words} start={{ email: "", problem }} returnTo={returnTo} />
      {sandbox && (
        <dl className="mt-5 grid grid-cols-[auto_1fr] gap-x-3 border-line border-t pt-4 text-s">
          <dt className="col-span-2 font-semibold">{t("demo")}</dt>
          <dt className="text-soft">{t("email")}</dt>
          <dd className="zg-code select-all">{demoAccount.email}</dd>
          <dt className="text-soft">{t("password")}</dt>
          <dd className="zg-code select-all">{demoAccount.password}</dd>
        </dl>
      )}
    </Entrance>
  );
}
