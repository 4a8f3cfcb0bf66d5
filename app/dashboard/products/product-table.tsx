import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedProduct } from "@/lib/catalog/list-products-for-desk";
import { Cell, Ledger, Row } from "../parts/ledger";
import { SaleMark } from "./sale-mark";
import { Thumbnail } from "./thumbnail";
import { VariantLines } from "./variant-lines";

export function ProductTable({ products }: { products: ListedProduct[] }) {
  const t = useTranslations("products");
  const columns = [{ label: t("list.product") }, { label: t("list.status") }, { label: t("list.variants") }];
  return (
    <Ledger label={t("list.label")} columns={columns}>
      {products.map((product) => (
        <Row key={product.id}>
          <Cell className="align-top">
            <div className="flex items-start gap-3">
              <Thumbnail src={product.images[0]} title={product.title} />
              <div className="min-w-0">
                <Link href={`/dashboard/products/${product.id}`} prefetch={false} className="font-semibold">
                  {product.title}
                </Link>
                <div className="text-s text-soft">
                  {t(`kinds.${product.kind}`)} · <span className="zg-code">{product.slug}</span>
                </div>
              </div>
            </div>
          </Cell>
          <Cell label={t("list.status")} className="align-top">
            <SaleMark onSale={product.onSale} />
          </Cell>
          <Cell className="align-top">
            <VariantLines productId={product.id} variants={product.variants} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
