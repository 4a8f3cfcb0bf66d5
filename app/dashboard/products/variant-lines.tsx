import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/app/ui/money";
import type { ListedVariant } from "@/lib/catalog/list-products-for-desk";
import { lowStockPieces } from "@/lib/catalog/product-limits";
import { countedAtMost } from "@/lib/staff/count-work";
import { FreeMark } from "./sale-mark";

const shownAtMost = 5; // A product with more is opened to see them all.

/** The variants of one product under each other, each with its price and what there is of it. */
export function VariantLines({ productId, variants }: { productId: number; variants: ListedVariant[] }) {
  const t = useTranslations("products");
  return (
    <ul className="grid gap-1">
      {variants.slice(0, shownAtMost).map((variant) => (
        <li
          key={variant.id}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 sm:grid-cols-[minmax(0,1fr)_6.5rem_11rem]"
        >
          <span className="min-w-0">
            {variant.title || t("list.single")}{" "}
            <span className="zg-code text-s text-soft">{variant.sku}</span>
            {!variant.onSale && <span className="text-s text-soft"> · {t("stock.withdrawn")}</span>}
            <CodesLeft variant={variant} />
          </span>
          <Money fen={variant.priceFen} className="text-end" />
          <span className="col-span-full flex flex-wrap gap-x-2 sm:col-span-1 sm:justify-end">
            <span>
              {variant.onHand - variant.allocated > lowStockPieces && (
                <span className="text-s text-soft">{t("stock.free")} </span>
              )}
              <FreeMark free={variant.onHand - variant.allocated} />
            </span>
            {variant.allocated > 0 && (
              <span className="text-s text-soft">{t("stock.heldOf", { count: variant.allocated })}</span>
            )}
          </span>
        </li>
      ))}
      {variants.length > shownAtMost && (
        <li>
          <Link href={`/dashboard/products/${productId}`} prefetch={false} className="text-s">
            {t("list.more", { count: variants.length - shownAtMost })}
          </Link>
        </li>
      )}
    </ul>
  );
}

function CodesLeft({ variant }: { variant: ListedVariant }) {
  const t = useTranslations("products.list");
  if (variant.deliveredAs !== "codes") return null;
  const count = variant.codesLeft < countedAtMost ? String(variant.codesLeft) : `${countedAtMost - 1}+`;
  return (
    <span className={`block text-s ${variant.codesLeft === 0 ? "text-danger" : "text-soft"}`}>
      {t("codesLeft", { count })}
    </span>
  );
}
