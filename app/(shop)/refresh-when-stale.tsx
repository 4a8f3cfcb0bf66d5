"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const shown = new Set<string>();

/**
 * Reads the page again when it is shown a second time from the browser's memory, as after going back: what it says may
 * have changed since. `rendering` is another one each time the server renders the page.
 */
export function RefreshWhenStale({ rendering }: { rendering: string }) {
  const router = useRouter();
  useEffect(() => {
    if (shown.has(rendering)) router.refresh();
    shown.add(rendering);
    const wake = (event: PageTransitionEvent) => event.persisted && router.refresh();
    window.addEventListener("pageshow", wake);
    return () => window.removeEventListener("pageshow", wake);
  }, [rendering, router]);
  return null;
}
