import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice, noticeAction } from "@/app/ui/notice";

export default async function NotFound() {
  const t = await getTranslations("desk");
  return (
    <Notice title={t("notFound.title")} text={t("notFound.text")}>
      <Link className={noticeAction} href="/dashboard/orders" prefetch={false}>
        {t("nav.orders")}
      </Link>
    </Notice>
  );
}
