import Link from "next/link";
import { useTranslations } from "next-intl";
import { LanguageSwitch } from "@/app/i18n/language-switch";
import type { Staff } from "@/lib/staff/find-staff";
import { Live } from "./live";
import { signOut } from "./sign-out";

/** Whose desk it is, whether the page follows by itself, and who sits at it. */
export function DeskHeader({ staff }: { staff: Staff }) {
  const t = useTranslations("desk");
  const told = useTranslations("alarms");
  return (
    <header className="border-line border-b bg-surface print:hidden">
      <div className="mx-auto flex max-w-[1440px] flex-wrap items-center gap-x-3 px-4 sm:px-6">
        <p className="py-2 font-semibold">{t("title")}</p>
        <Live live={t("live.on")} waiting={t("live.off")} newAlarm={told("live")} />
        <div className="ml-auto flex items-center">
          <Link href="/dashboard/account" prefetch={false} className="button quiet text-s">
            <span className="max-w-[9em] truncate">{staff.name}</span>
            <span className="hidden text-soft sm:inline">&nbsp;· {t(`roles.${staff.role}`)}</span>
          </Link>
          <LanguageSwitch className="button quiet" />
          <form action={signOut}>
            <button type="submit" className="button quiet">
              {t("signOut")}
            </button>
          </form>
        </div>
      </div>
    </header>
  );
}
