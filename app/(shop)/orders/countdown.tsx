"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTimeLeft } from "../time-left";

/**
 * The time left, written out; `over` when there is none. Counted from the server's answer: the buyer's clock may be
 * wrong. A timer is read out only when somebody goes there, never by itself.
 */
export function Countdown({ leftMs, over, className }: { leftMs: number; over: string; className?: string }) {
  const timeLeft = useTimeLeft();
  const router = useRouter();
  const [left, setLeft] = useState(leftMs);

  useEffect(() => {
    const endsAt = Date.now() + leftMs;
    const tick = () => {
      const now = endsAt - Date.now();
      setLeft(Math.max(0, now));
      if (now > 0) return;
      clearInterval(timer);
      router.refresh();
    };
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [leftMs, router]);

  return (
    <span className={className ? `zg-number ${className}` : "zg-number"} role="timer">
      {left > 0 ? timeLeft(left) : over}
    </span>
  );
}
