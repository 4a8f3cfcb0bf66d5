import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice, noticeAction } from "@/app/ui/notice";
import { type CatalogueWish, catalogueHref } from "./catalogue-address";

/** Why there is nothing to see, and each way on from here. `category` is the open one's name. */
export function NothingHere({ wish, category }: { wish: CatalogueWish; category: string | null }) {
  const t = useTranslations("shop.catalogue");
  const { search } = wish;
  const isWhole = !search && !category;
  if (wish.cursor)
    return (
      <Notice title={t("endTitle")} text={t("endText")}>
        <Link className={noticeAction} href={catalogueHref({ ...wish, cursor: null })} prefetch={false}>
          {t("first")}
        </Link>
      </Notice>
    );
  if (isWhole) return <Notice title={t("emptyTitle")} text={t("emptyText")} />;
  return (
    <Notice
      title={search ? t("noneFound", { search }) : t("categoryEmpty", { category: category ?? "" })}
      text={search ? t("noneFoundHint") : t("categoryEmptyHint")}
    >
      {search && category && (
        <Link className={noticeAction} href={catalogueHref({ search })} prefetch={false}>
          {t("searchAll")}
        </Link>
      )}
      <Link className={noticeAction} href="/" prefetch={false}>
        {t("showAll")}
      </Link>
    </Notice>
  );
}
