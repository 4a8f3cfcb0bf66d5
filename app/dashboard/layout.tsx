import "./desk.css";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageSwitch } from "@/app/i18n/language-switch";
import { FailureTexts } from "@/app/ui/failure-texts";
import { SandboxBanner } from "@/app/ui/sandbox-banner";
import { currentStaff } from "@/lib/auth/staff";
import { shop } from "@/lib/shop";
import { badgeAtMost } from "@/lib/staff/count-badges";
import type { Staff } from "@/lib/staff/find-staff";
import { isAllowed } from "@/lib/staff/rights";
import { deskBadges, isBadge } from "./desk-badges";
import { deskPages } from "./pages";
import { Live } from "./parts/live";
import { NavLink } from "./parts/nav-link";
import { signOut } from "./sign-out";

/** The tab says how many alarms are open, so that somebody in another one sees it. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  const { alarms } = await deskBadges();
  const count = alarms > 0 ? `(${shownCount(alarms)}) ` : "";
  const title = { default: count + t("title"), template: `${count}%s · ${t("title")}` };
  return { title, robots: { index: false } };
}

/** The frame around every page of the desk. It guards nothing: each page asks for its own right. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("desk");
  const staff = await currentStaff();
  const failure = {
    title: t("failure.title"),
    text: t("failure.text"),
    retry: t("failure.retry"),
    home: t("failure.home"),
  };
  return (
    <div className="desk min-h-dvh">
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      {shop().environment.sandbox && <SandboxBanner />}
      {staff && <DeskHeader staff={staff} />}
      <main id="content" tabIndex={-1} className="mx-auto max-w-[1440px] px-4 py-5 outline-none sm:px-6">
        <FailureTexts value={failure}>{children}</FailureTexts>
      </main>
    </div>
  );
}

async function DeskHeader({ staff }: { staff: Staff }) {
  const t = await getTranslations("desk");
  const told = await getTranslations("alarms");
  const badges = await deskBadges();
  const badgeOf = (name: string) => {
    const kind = isBadge(name) ? name : null;
    if (!kind || badges[kind] === 0) return null;
    const count = shownCount(badges[kind]);
    return { count, words: told(`counted.${kind}`, { count }) };
  };
  return (
    <header className="border-line border-b bg-surface">
      <div className="mx-auto flex max-w-[1440px] flex-wrap items-center gap-x-3 px-4 sm:px-6">
        <p className="py-2 font-semibold">{t("title")}</p>
        <Live live={t("live.on")} waiting={t("live.off")} newAlarm={told("live")} />
        <div className="ml-auto flex items-center gap-1">
          <p className="mr-2 hidden text-s text-soft sm:block">
            {staff.name} · {t(`roles.${staff.role}`)}
          </p>
          <LanguageSwitch className="button quiet" />
          <form action={signOut}>
            <button type="submit" className="button quiet">
              {t("signOut")}
            </button>
          </form>
        </div>
        <nav
          aria-label={t("nav.label")}
          className="-mx-4 relative basis-full overflow-x-auto px-2 sm:mx-0 sm:px-0"
        >
          <ul className="flex w-max">
            {deskPages
              .filter(([, , permission]) => isAllowed(staff.role, permission))
              .map(([name, href]) => (
                <li key={href}>
                  <NavLink href={href} label={t(`nav.${name}`)} badge={badgeOf(name)} />
                </li>
              ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function shownCount(count: number): string {
  return count < badgeAtMost ? String(count) : `${badgeAtMost - 1}+`;
}
