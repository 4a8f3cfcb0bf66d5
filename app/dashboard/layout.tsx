import "./desk.css";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FailureTexts } from "@/app/ui/failure-texts";
import { SandboxBanner } from "@/app/ui/sandbox-banner";
import { currentStaff } from "@/lib/auth/staff";
import { shop } from "@/lib/shop";
import { deskBadges } from "./frame/desk-badges";
import { DeskHeader } from "./frame/desk-header";
import { Sidebar, shownCount, ThumbBar } from "./frame/desk-nav";

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
  const badges = await deskBadges();
  return (
    <div className="desk flex min-h-dvh flex-col">
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      {shop().environment.sandbox && <SandboxBanner />}
      {staff && <DeskHeader staff={staff} />}
      <div className="mx-auto flex w-full max-w-[1440px] grow">
        {staff && <Sidebar role={staff.role} badges={badges} />}
        <main
          id="content"
          tabIndex={-1}
          className="min-w-0 grow border-line px-4 pt-5 pb-24 outline-none sm:px-6 lg:border-s lg:pb-8"
        >
          <FailureTexts value={failure}>{children}</FailureTexts>
        </main>
      </div>
      {staff && <ThumbBar role={staff.role} badges={badges} />}
    </div>
  );
}
