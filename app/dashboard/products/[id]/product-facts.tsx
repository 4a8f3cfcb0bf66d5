import { useTranslations } from "next-intl";
import type { DeskProduct } from "@/lib/catalog/find-product-for-desk";
import { Fact, Facts } from "../../parts/facts";

/** The same as the form, for who may not change it. */
export function ProductFacts({ product, category }: { product: DeskProduct; category: string | null }) {
  const t = useTranslations("products");
  return (
    <>
      <Facts>
        <Fact name={t("form.title")}>{product.title}</Fact>
        <Fact name={t("form.kind")}>{t(`kinds.${product.kind}`)}</Fact>
        <Fact name={t("form.category")}>{category ?? t("form.noCategory")}</Fact>
        <Fact name={t("form.slug")}>
          <span className="zg-code">{product.slug}</span>
        </Fact>
      </Facts>
      <p className="whitespace-pre-line border-line border-t px-4 py-3">
        {product.description || <span className="text-soft">{t("form.noDescription")}</span>}
      </p>
    </>
  );
}
