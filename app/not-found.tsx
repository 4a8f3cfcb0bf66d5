import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice, noticeAction } from "./ui/notice";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common.notFound"))("title") };
}

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main>
      <Notice title={t("title")} text={t("text")}>
        <Link className={noticeAction} href="/" prefetch={false}>
          {t("home")}
        </Link>
      </Notice>
    </main>
  );
}
