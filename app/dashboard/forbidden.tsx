import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice, noticeAction } from "@/app/ui/notice";
import { currentStaff } from "@/lib/auth/staff";

/** 403: signed in, but this is not for one's role. */
export default async function Forbidden() {
  const t = await getTranslations("desk");
  const staff = await currentStaff();
  const role = staff ? t(`roles.${staff.role}`) : "";
  return (
    <Notice title={t("forbidden.title")} text={t("forbidden.text", { role })}>
      <Link className={noticeAction} href="/dashboard" prefetch={false}>
        {t("failure.home")}
      </Link>
    </Notice>
  );
}
