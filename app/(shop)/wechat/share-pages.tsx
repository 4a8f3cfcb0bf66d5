"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import type { Card } from "./card";
import "./landing-url";

/** Tells WeChat's app what to show of each page, also of those that a script goes to. */
export function SharePages({ shopCard }: { shopCard: Card }) {
  const path = usePathname();
  const query = useSearchParams().toString();
  const fallback = JSON.stringify(shopCard);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another page with another card.
  useEffect(() => {
    const text = document.querySelector("[data-share-card]")?.getAttribute("data-share-card") ?? fallback;
    import("./js-sdk").then(
      ({ showCard }) => showCard(JSON.parse(text)),
      () => {}, // No network: then WeChat shows what it can find in the page.
    );
  }, [path, query, fallback]);

  return null;
}
