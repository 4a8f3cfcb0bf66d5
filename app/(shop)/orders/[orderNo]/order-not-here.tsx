import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { canSignIn } from "@/app/(shop)/wechat/current-place";
import { Notice, noticeAction } from "@/app/ui/notice";
import { findCurrentBuyer } from "@/lib/auth/buyer";
import { setAnswerStatus } from "@/lib/http/answer-status";
import { NotFoundPage } from "../../not-found-page";

/**
 * In place of an order that is not there, or not this browser's. WeChat may know its buyer where the browser does not
 * any more: a link that the shop sent is opened on a new phone. Whether there is such an order is told to nobody.
 */
export async function OrderNotHere({ orderNo, signInFailed }: { orderNo: string; signInFailed: boolean }) {
  const buyer = await findCurrentBuyer();
  if (buyer?.openid || !(await canSignIn())) return <NotFoundPage />;
  setAnswerStatus(404);
  const t = await getTranslations();
  return (
    <Notice
      title={t("common.notFound.title")}
      text={t(signInFailed ? "me.signInFailed" : "shop.order.mayBeYours")}
    >
      <a
        className={noticeAction}
        href={`/api/auth/wechat?${new URLSearchParams({ returnTo: `/orders/${orderNo}` })}`}
      >
        {t("me.signIn")}
      </a>
      <Link className={noticeAction} href="/" prefetch={false}>
        {t("common.notFound.home")}
      </Link>
    </Notice>
  );
}
