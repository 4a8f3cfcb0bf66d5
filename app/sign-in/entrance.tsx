import "../dashboard/desk.css";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageSwitch } from "@/app/i18n/language-switch";
import { SandboxBanner } from "@/app/ui/sandbox-banner";
import { shop } from "@/lib/shop";

/** The frame of the pages before the desk's door. */
export async function Entrance({
  title,
  note,
  children,
}: {
  title: string;
  note?: string;
  children: ReactNode;
}) {
  const t = await getTranslations("desk");
  return (
    <div className="desk flex min-h-dvh flex-col">
      {shop().environment.sandbox && <SandboxBanner />}
      <header className="flex items-center justify-between px-4 py-1 sm:px-6">
        <p className="font-semibold">{t("title")}</p>
        <LanguageSwitch className="button quiet" />
      </header>
      <main className="mx-auto w-full max-w-[26rem] px-4 pt-[8vh] pb-10">
        <h1 className="text-xl">{title}</h1>
        {note && <p className="mt-1 text-soft">{note}</p>}
        <div className="sheet mt-4 p-5">{children}</div>
      </main>
    </div>
  );
}
