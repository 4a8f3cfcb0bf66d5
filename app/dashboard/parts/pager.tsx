import { useTranslations } from "next-intl";
import { ListLink } from "./list-link";

type Side = { href: string | null; label: string };

/** Links to the pages on both sides of a keyset; there are no page numbers, because nobody counts the rows. */
export function Pager({ newer, older }: { newer: string | null; older: string | null }) {
  const t = useTranslations("desk.pager");
  return <Sides left={{ href: newer, label: t("newer") }} right={{ href: older, label: t("older") }} />;
}

/** The same for a queue, whose first page is what is most urgent. */
export function QueuePager({ first, next }: { first: string | null; next: string | null }) {
  const t = useTranslations("desk.pager");
  return <Sides left={{ href: first, label: t("first") }} right={{ href: next, label: t("next") }} />;
}

function Sides({ left, right }: { left: Side; right: Side }) {
  const t = useTranslations("desk.pager");
  if (!left.href && !right.href) return null;
  return (
    <nav aria-label={t("label")} className="mt-4 flex justify-between gap-4">
      {left.href ? <SideLink href={left.href} label={left.label} /> : <span />}
      {right.href && <SideLink href={right.href} label={right.label} />}
    </nav>
  );
}

function SideLink({ href, label }: { href: string; label: string }) {
  return (
    <ListLink className="button" href={href}>
      {label}
    </ListLink>
  );
}
