import { useTranslations } from "next-intl";
import { ActionForm } from "../../parts/action-panel";
import { Submit } from "../../parts/form-fields";

/** Puts it on sale, or off. Open orders go on either way. */
export function SaleForm({ product }: { product: { id: number; onSale: boolean } }) {
  const t = useTranslations("products.sale");
  const fields = { productId: String(product.id), onSale: product.onSale ? "" : "yes" };
  return (
    <ActionForm form="sale" fields={fields} className="">
      {product.onSale ? <Submit>{t("takeOff")}</Submit> : <Submit primary>{t("putOn")}</Submit>}
    </ActionForm>
  );
}
