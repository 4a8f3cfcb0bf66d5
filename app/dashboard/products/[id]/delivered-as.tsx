import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedContent } from "@/lib/deliveries/list-contents";
import { StockWords } from "../../deliveries/contents/stock-words";
import { Mark } from "../../parts/mark";

type Props = { productId: number; contents: ListedContent[]; mayEdit: boolean };

/** What each variant of virtual goods is delivered as by itself, and how many codes are left. */
export function DeliveredAs({ productId, contents, mayEdit }: Props) {
  const t = useTranslations("products.deliveredAs");
  const kinds = useTranslations("desk.contents.kinds");
  return (
    <div className="grid gap-3 px-4 py-3">
      <ul className="grid gap-2">
        {contents.map((content) => (
          <li key={content.variantId}>
            <p className="zg-code text-s text-soft">{content.sku}</p>
            <Mark shape={content.kind ? "full" : "hollow"} tone={content.kind ? "plain" : "soft"}>
              {kinds(content.kind ?? "none")}
            </Mark>
            {content.kind === "codes" && <StockWords content={content} />}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Link href={`/dashboard/deliveries/contents?product=${productId}`} prefetch={false}>
          {t("edit")}
        </Link>
      )}
    </div>
  );
}
