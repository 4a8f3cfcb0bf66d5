"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

type Props = {
  href: string;
  label: string;
  /** What waits there: the number for the eye, the words for the ear. */
  badge: { count: string; words: string } | null;
};

/** A link of the desk's navigation that knows where one is. */
export function NavLink({ href, label, badge }: Props) {
  const path = usePathname();
  const here = href === "/dashboard" ? path === href : path === href || path.startsWith(`${href}/`);
  const link = useRef<HTMLAnchorElement>(null);
  const count = badge?.count;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a badge makes the link wider.
  useEffect(() => {
    // On a phone the navigation scrolls sideways: where one is must be in sight.
    if (here) link.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [here, count]);
  return (
    <Link
      ref={link}
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      className="relative inline-flex min-h-11 items-center border-transparent border-b-2 px-2.5 text-ink whitespace-nowrap no-underline hover:bg-sunk aria-[current=page]:border-accent aria-[current=page]:font-semibold"
    >
      {label}
      {badge && (
        <>
          <span
            aria-hidden="true"
            className="zg-number ms-1.5 rounded-md border border-danger bg-danger-wash px-1.5 text-danger text-s"
          >
            {badge.count}
          </span>
          <span className="zg-visually-hidden">{badge.words}</span>
        </>
      )}
    </Link>
  );
}
