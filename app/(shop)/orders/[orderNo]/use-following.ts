"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { orderStamp } from "./order-stamp";

const everyMs = 2500; // WeChat's own advice: every 2 to 3 seconds.

/** Somebody who pays waits for it; parcels and refunds take days, and a page left open asks less and less often. */
const paces = {
  payment: { growth: 1, mostMs: everyMs },
  delivery: { growth: 1.5, mostMs: 60_000 }, // What is delivered online comes within seconds.
  refund: { growth: 1.5, mostMs: 20_000 },
} as const;
export type Pace = keyof typeof paces;

const askNowEvent = "zhanggui:ask-now";

/** Something happened that may have moved money: the following does not wait for its next turn. */
export function askNow(): void {
  window.dispatchEvent(new Event(askNowEvent));
}

/**
 * Asks our own server how the order stands, which asks WeChat, and has the page rendered again when that changed.
 * What a bridge or a return address claims is never believed.
 */
export function useFollowing(orderNo: string, stamp: string, pace: Pace): { offline: boolean } {
  const router = useRouter();
  const [offline, setOffline] = useState(false);
  const [, startTransition] = useTransition();

  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let asking = false;
    let gapMs = everyMs;

    const ask = async () => {
      clearTimeout(timer);
      if (asking) return;
      asking = true;
      try {
        const response = await fetch(`/api/orders/${orderNo}`, { signal: leaving.signal, cache: "no-store" });
        setOffline(response.status >= 500);
        if (response.ok && orderStamp(await response.json()) !== stamp)
          startTransition(() => router.refresh());
      } catch {
        if (leaving.signal.aborted) return;
        setOffline(true);
      } finally {
        asking = false;
      }
      timer = setTimeout(ask, document.hidden ? 4 * gapMs : gapMs);
      gapMs = Math.min(gapMs * paces[pace].growth, paces[pace].mostMs);
    };
    const wake = () => {
      if (document.hidden) return;
      gapMs = everyMs;
      ask();
    };

    timer = setTimeout(ask, everyMs);
    window.addEventListener(askNowEvent, ask);
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("pageshow", wake);
    return () => {
      leaving.abort();
      clearTimeout(timer);
      window.removeEventListener(askNowEvent, ask);
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("pageshow", wake);
    };
  }, [orderNo, stamp, pace, router]);

  return { offline };
}
