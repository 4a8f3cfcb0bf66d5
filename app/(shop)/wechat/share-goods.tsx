import { getTranslations } from "next-intl/server";
import { catalogueHref } from "../catalogue-address";
import { shopSettings } from "../shop-settings";
import { ShareCard } from "./share-card";

/** The card of the shop, or of one of its categories. What somebody searched for, and how far they leafed, is not in it. */
export async function ShareGoods(props: {
  category: { slug: string; title: string } | null;
  image: string | null | undefined;
}) {
  const t = await getTranslations("shop.share");
  const { shopName } = await shopSettings();
  const { category, image } = props;
  return (
    <ShareCard
      title={category ? `${category.title} · ${shopName}` : shopName}
      text={t("shop")}
      path={catalogueHref({ search: null, category: category?.slug ?? null, cursor: null })}
      image={image}
    />
  );
}
