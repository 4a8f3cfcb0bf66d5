import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ListedContent } from "@/lib/deliveries/list-contents";
import { Cell, Ledger, Row } from "../../parts/ledger";
import { Mark } from "../../parts/mark";
import { ContentForms } from "./content-forms";
import { StockWords } from "./stock-words";

export function ContentTable({ contents }: { contents: ListedContent[] }) {
  const t = useTranslations("desk.contents");
  const columns = [
    { label: t("columns.goods") },
    { label: t("columns.how") },
    { label: t("columns.stock") },
    { label: t("columns.waiting") },
    { label: t("columns.change") },
  ];
  return (
    <Ledger label={t("title")} columns={columns}>
      {contents.map((content) => (
        <Row key={content.variantId}>
          <Cell>
            <Link
              href={`/dashboard/products/${content.productId}`}
              prefetch={false}
              className="font-semibold"
            >
              {content.title}
            </Link>
            <div className="zg-code text-s text-soft">{content.sku}</div>
            {!content.onSale && <div className="text-s text-soft">{t("offSale")}</div>}
          </Cell>
          <Cell label={t("columns.how")}>
            <Mark
              shape={content.kind === null ? "hollow" : "full"}
              tone={content.kind === null ? "soft" : "plain"}
            >
              {t(`kinds.${content.kind ?? "none"}`)}
            </Mark>
            {!content.readable && <p className="max-w-[22em] text-s text-danger">{t("unreadable")}</p>}
          </Cell>
          <Cell label={t("columns.stock")}>
            <StockWords content={content} />
          </Cell>
          <Cell label={t("columns.waiting")}>
            {content.waiting > 0 ? (
              <span className="zg-number font-semibold">{t("waiting", { count: content.waiting })}</span>
            ) : (
              <span className="text-soft">{t("nobody")}</span>
            )}
          </Cell>
          <Cell>
            <ContentForms content={content} />
          </Cell>
        </Row>
      ))}
    </Ledger>
  );
}
