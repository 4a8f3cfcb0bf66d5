"use client";

import { useEffect, useState } from "react";

/** Seconds left, counted down from what the server said: the clocks of two machines need not agree. */
export function Countdown({ leftMs, words }: { leftMs: number; words: string }) {
  const [left, setLeft] = useState(Math.ceil(leftMs / 1000));
  useEffect(() => {
    const end = performance.now() + leftMs;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [leftMs]);
  return (
    <span className="zg-number" role="timer">
      {left} {words}
    </span>
  );
}
