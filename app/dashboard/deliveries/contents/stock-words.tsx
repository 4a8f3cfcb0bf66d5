import { useTranslations } from "next-intl";
import type { ListedContent } from "@/lib/deliveries/list-contents";
import { Mark } from "../../parts/mark";

const lowFrom = 10; // A handful: enough for the orders of an hour, too few for a weekend.

/** How many codes are left, in words: out, running out, or enough. */
export function StockWords({ content }: { content: ListedContent }) {
  const t = useTranslations("desk.contents.stock");
  const { kind, free, given, unreadable, available, onSale } = content;
  if (kind !== "codes" && free + given + unreadable === 0)
    return <span className="text-soft">{t("none")}</span>;
  const needed = kind === "codes";
  return (
    <div className="grid gap-0.5">
      {free === 0 && needed ? (
        <Mark shape="wedge" tone="danger">
          {t("empty")}
        </Mark>
      ) : free <= lowFrom && needed ? (
        <Mark shape="half" tone="warn">
          {t("low", { count: free })}
        </Mark>
      ) : (
        <span className="zg-number">{t("plenty", { count: free })}</span>
      )}
      {given > 0 && <span className="text-s text-soft">{t("given", { count: given })}</span>}
      {needed && onSale && available > free && (
        <span className="text-s text-warn">{t("oversold", { count: available })}</span>
      )}
      {unreadable > 0 && <span className="text-s text-danger">{t("unreadable", { count: unreadable })}</span>}
    </div>
  );
}
