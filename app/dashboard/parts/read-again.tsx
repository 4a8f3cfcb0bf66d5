"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** While it is on the page, reads the page again and again: for what only this page's reader waits for. */
export function ReadAgain({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => document.hidden || router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
