"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** A link of the desk's navigation that knows where one is. */
export function NavLink({ href, label }: { href: string; label: string }) {
  const path = usePathname();
  const here = href === "/dashboard" ? path === href : path === href || path.startsWith(`${href}/`);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // On a phone the navigation scrolls sideways: where one is must be in sight.
    if (here) link.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [here]);
  return (
    <Link
      ref={link}
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      className="inline-flex min-h-11 items-center border-transparent border-b-2 px-2.5 text-ink whitespace-nowrap no-underline hover:bg-sunk aria-[current=page]:border-accent aria-[current=page]:font-semibold"
    >
      {label}
    </Link>
  );
}
