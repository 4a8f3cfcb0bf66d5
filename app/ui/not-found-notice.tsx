import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice, noticeAction } from "./notice";

export async function NotFoundNotice() {
  const t = await getTranslations("common.notFound");
  return (
    <Notice title={t("title")} text={t("text")}>
      <Link className={noticeAction} href="/" prefetch={false}>
        {t("home")}
      </Link>
    </Notice>
  );
}
