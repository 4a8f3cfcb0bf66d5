"use client";

import { useEffect, useRef } from "react";
import { ListLink } from "./list-link";
import type { Tab } from "./tabs";

export function TabLink({ tab }: { tab: Tab }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // On a phone the tabs scroll sideways: the chosen one must be in sight. Only the strip moves, never the page.
    const strip = link.current?.closest("nav");
    if (!tab.current || !link.current || !strip) return;
    const [one, all] = [link.current.getBoundingClientRect(), strip.getBoundingClientRect()];
    if (one.left < all.left || one.right > all.right) strip.scrollLeft += one.left - all.left;
  }, [tab.current]);
  return (
    <ListLink
      ref={link}
      href={tab.href}
      aria-current={tab.current ? "page" : undefined}
      className="inline-flex min-h-10 items-center rounded-md border border-transparent px-3 text-ink whitespace-nowrap no-underline hover:bg-sunk aria-[current=page]:border-line-strong aria-[current=page]:bg-surface aria-[current=page]:font-semibold"
    >
      {tab.label}
    </ListLink>
  );
}
