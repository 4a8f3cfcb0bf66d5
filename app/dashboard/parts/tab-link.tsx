"use client";

import { useEffect, useRef } from "react";
import { ListLink } from "./list-link";
import type { Tab } from "./tabs";

export function TabLink({ tab }: { tab: Tab }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // On a phone the tabs scroll sideways: the chosen one must be in sight.
    if (tab.current) link.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
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
