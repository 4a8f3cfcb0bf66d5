import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Entrance } from "@/app/sign-in/entrance";
import { shop } from "@/lib/shop";
import { findInvite } from "@/lib/staff/invite";
import { passwordLength } from "@/lib/staff/password";
import { ChoosePasswordForm } from "./choose-password-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  return { title: `${t("invite.title")} · ${t("title")}`, robots: { index: false } };
}

/** Looking at the link does not use it up: mail scanners look too. */
export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations("desk.invite");
  const invited = await findInvite(shop(), token);
  if (!invited)
    return (
      <Entrance title={t("deadTitle")}>
        <p className="mb-4">{t("dead")}</p>
        <Link className="button" href="/sign-in" prefetch={false}>
          {t("toSignIn")}
        </Link>
      </Entrance>
    );
  const words = {
    password: t("password"),
    hint: t("hint", passwordLength),
    again: t("again"),
    submit: t("submit"),
    submitting: t("submitting"),
  };
  return (
    <Entrance title={t("title")} note={t("note", { email: invited.email })}>
      <ChoosePasswordForm words={words} token={token} email={invited.email} />
    </Entrance>
  );
}
