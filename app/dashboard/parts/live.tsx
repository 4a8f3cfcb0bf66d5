"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Mark } from "./mark";

const gatherMs = 250; // A burst of payments is one reading.
const pollMs = 30_000; // The net under lost signals; it also moves "time left" along.

/** Keeps the open page true without a reload: reads it again when the shop signals something, and twice a minute. */
export function Live({ live, waiting }: { live: string; waiting: string }) {
  const router = useRouter();
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const readAgain = () => {
      clearTimeout(gathering);
      gathering = setTimeout(() => router.refresh(), gatherMs);
    };
    const events = new EventSource("/api/events");
    events.onopen = () => setConnected(true);
    events.onerror = () => setConnected(false);
    events.onmessage = readAgain;
    const poll = setInterval(() => document.hidden || router.refresh(), pollMs);
    return () => {
      events.close();
      clearInterval(poll);
      clearTimeout(gathering);
    };
  }, [router]);

  return (
    <span className="text-s" role="status">
      <Mark shape={connected ? "full" : "hollow"} tone={connected ? "accent" : "soft"}>
        {connected ? live : waiting}
      </Mark>
    </span>
  );
}
