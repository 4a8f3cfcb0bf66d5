import { useTranslations } from "next-intl";

type Line = { sku: string; title: string; ordered: number; shipped: number; asked: number | null };

const mostShown = 5; // Of a long order; the refund's own page has them all.

/** Which goods, how many of them, and how many have left. A refund that names none is about the whole order's. */
export function AskedGoods({ goods }: { goods: Line[] }) {
  const t = useTranslations("desk.refunds.goods");
  if (goods.length === 0) return <span className="text-soft">—</span>;
  const asked = goods.filter((line) => line.asked !== null);
  const shown = asked.length > 0 ? asked : goods;
  return (
    <ul className="grid gap-0.5">
      {asked.length === 0 && <li className="text-s text-soft">{t("none")}</li>}
      {shown.slice(0, mostShown).map((line) => (
        <li key={line.sku} className="max-w-[22em]">
          {line.title}{" "}
          <span className="zg-number">
            {line.asked === null
              ? t("ordered", { count: line.ordered })
              : t("asked", { count: line.asked, of: line.ordered })}
          </span>
          <span className="block text-s text-soft">
            {line.shipped === 0 ? t("notShipped") : t("shipped", { count: line.shipped })}
          </span>
        </li>
      ))}
      {shown.length > mostShown && (
        <li className="text-s text-soft">{t("more", { count: shown.length - mostShown })}</li>
      )}
    </ul>
  );
}
