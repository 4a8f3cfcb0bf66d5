import { useTranslations } from "next-intl";
import type { ProductName } from "@/lib/catalog/name-products";
import { ListLink } from "../parts/list-link";
import { useFilterWords } from "./filter-words";
import { type ListAddress, listHref, withFilter, withoutFilter } from "./list-address";

/** Every filter that is on, each with a link that takes it off. */
export function FilterChips({ address, products }: { address: ListAddress; products: ProductName[] }) {
  const t = useTranslations("lists.filters");
  const active = useFilterWords().active(address.filter, products);
  if (active.length === 0) return null;
  return (
    <ul className="flex flex-wrap items-baseline gap-2" aria-label={t("active")}>
      {active.map(({ name, text, off }) => (
        <li key={name} className="max-w-full">
          <ListLink
            href={listHref(withFilter(address, off))}
            className="inline-flex min-h-8 items-baseline gap-1.5 rounded-md border border-line-strong bg-surface px-2 py-0.5 text-ink text-s no-underline hover:border-ink"
          >
            <span className="zg-visually-hidden">{t("takeOff")}</span>
            <span>{t("chip", { name, text })}</span>
            <svg viewBox="0 0 12 12" className="size-[0.7em] shrink-0 self-center" aria-hidden="true">
              <path d="m2 2 8 8m0-8-8 8" fill="none" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </ListLink>
        </li>
      ))}
      {active.length > 1 && (
        <li>
          <ListLink className="text-s" href={listHref(withoutFilter(address))}>
            {t("clear")}
          </ListLink>
        </li>
      )}
    </ul>
  );
}
