import Link from "next/link";
import { useTranslations } from "next-intl";

/** Links to the pages on both sides of a keyset; there are no page numbers, because nobody counts the rows. */
export function Pager({ newer, older }: { newer: string | null; older: string | null }) {
  const t = useTranslations("desk.pager");
  if (!newer && !older) return null;
  return (
    <nav aria-label={t("label")} className="mt-4 flex justify-between gap-4">
      {newer ? (
        <Link className="button" href={newer} prefetch={false}>
          {t("newer")}
        </Link>
      ) : (
        <span />
      )}
      {older && (
        <Link className="button" href={older} prefetch={false}>
          {t("older")}
        </Link>
      )}
    </nav>
  );
}
