"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { LinkPending } from "../parts/link-pending";

export type NavBadge = { count: string; words: string } | null;

type Props = {
  href: string;
  label: string;
  /** What waits there: the number for the eye, the words for the ear. */
  badge: NavBadge;
  /** A row of the sidebar, or a place under the thumb. */
  look: "row" | "thumb";
};

const looks = {
  row: "relative flex min-h-9 items-center justify-between gap-2 rounded-md px-2.5 hover:bg-sunk aria-[current=page]:bg-accent-wash aria-[current=page]:font-semibold pointer-coarse:min-h-11",
  thumb:
    "relative flex min-h-13 flex-col items-center justify-center border-transparent border-t-2 px-1 text-s aria-[current=page]:border-accent aria-[current=page]:font-semibold",
};

/** A link of the desk's navigation that knows where one is. In the phone's menu it closes the menu behind itself. */
export function NavLink({ href, label, badge, look }: Props) {
  const path = usePathname();
  const here = href === "/dashboard" ? path === href : path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      onClick={(event) => event.currentTarget.closest("details")?.removeAttribute("open")}
      className={`text-ink whitespace-nowrap no-underline ${looks[look]}`}
    >
      {label}
      {badge && <BadgeMark badge={badge} look={look} />}
      <LinkPending />
    </Link>
  );
}

function BadgeMark({ badge, look }: { badge: NonNullable<NavBadge>; look: Props["look"] }) {
  return (
    <>
      <span
        aria-hidden="true"
        className={`zg-number rounded-md border border-danger bg-danger-wash px-1.5 text-danger text-s ${look === "thumb" ? "absolute -top-1 left-1/2 ms-2 leading-tight" : ""}`}
      >
        {badge.count}
      </span>
      <span className="zg-visually-hidden">{badge.words}</span>
    </>
  );
}
