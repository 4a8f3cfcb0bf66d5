import { useTranslations } from "next-intl";
import { type MadeUp, parameters } from "./list-address";

/** Which parts of the address mean nothing; everything else works. */
export function MadeUpFilters({ madeUp }: { madeUp: MadeUp[] }) {
  const t = useTranslations("lists.madeUp");
  const names = useTranslations("lists.filters.names");
  if (madeUp.length === 0) return null;
  const parts = madeUp.map(({ name, text }) => {
    const known = parameters.find((one) => one === name);
    return t("part", { name: known ? names(known) : t("parameter", { name: name.slice(0, 40) }), text });
  });
  return (
    <p role="status" className="mt-3 text-warn">
      {t("told", { parts: parts.join(t("and")) })}
    </p>
  );
}
