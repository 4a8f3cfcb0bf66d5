import { useLocale, useTranslations } from "next-intl";
import { countedAtMost } from "@/lib/staff/count-work";
import type { ListCounts } from "./read-counts";

/** How many orders a filter finds; the tabs say it of those that are not filtered. */
export function HowMany({ found }: { found: ListCounts["found"] }) {
  const t = useTranslations("lists");
  const locale = useLocale();
  if (found === null) return null;
  const count = found === "uncounted" || found < countedAtMost ? found : null;
  return (
    <p className="text-s text-soft">
      {count === "uncounted"
        ? t("manyUncounted")
        : t("many", { count: count?.toLocaleString(locale) ?? `${countedAtMost - 1}+` })}
    </p>
  );
}
