import { useTranslations } from "next-intl";
import { allOrders, type OrderFilter } from "@/lib/orders/order-filter";
import type { SavedView } from "@/lib/views/list-views";
import { ListLink } from "../parts/list-link";
import { addressOf, type ListAddress, listHref, withFilter } from "./list-address";

/** What every shop asks for every day. */
const builtIn = {
  toShip: { status: "paid", sort: "deadline" },
  due: { status: "paid", deadline: { withinHours: 24 }, sort: "deadline" },
  late: { deadline: "late", sort: "deadline" },
  refund: { refund: "asked" },
  unpaid: { status: "pending" },
} as const satisfies Record<string, Partial<OrderFilter>>;

/** The list's views, one press each: the built-in ones, one's own, and what others share. */
export function ViewLinks({ address, views }: { address: ListAddress; views: SavedView[] }) {
  const t = useTranslations("lists.views");
  const here = listHref(address);
  const links = [
    ...(Object.keys(builtIn) as (keyof typeof builtIn)[]).map((name) => ({
      key: name,
      label: t(`builtIn.${name}`),
      note: null,
      href: listHref(withFilter({ ...address, filter: allOrders }, builtIn[name])),
    })),
    ...views.map((view) => ({
      key: String(view.id),
      label: view.name,
      note: view.isOwn ? null : t("by", { person: view.person }),
      href: listHref(addressOf(view.query)),
    })),
  ];
  return (
    <nav aria-label={t("label")} className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex w-max items-baseline gap-x-1 sm:w-auto sm:flex-wrap">
        {links.map(({ key, label, note, href }) => (
          <li key={key}>
            <ListLink
              href={href}
              aria-current={href === here ? "page" : undefined}
              className="inline-flex min-h-9 items-center gap-1 rounded-md px-2 whitespace-nowrap no-underline hover:bg-sunk aria-[current]:bg-accent-wash aria-[current]:font-semibold pointer-coarse:min-h-11"
            >
              {label}
              {note && <span className="text-s text-soft">{note}</span>}
            </ListLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
