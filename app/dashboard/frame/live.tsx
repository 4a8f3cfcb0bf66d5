"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Mark } from "../parts/mark";

const gatherMs = 250; // A burst of payments is one reading.
const apartMs = 1000; // A flood that does not end is read once a second, not never.
const pollMs = 30_000; // The net under lost signals; it also moves "time left" along.
const announcedMs = 10_000; // The same words are only read out again once they were gone.

type Props = { live: string; waiting: string; newAlarm: string };

/**
 * Keeps the open page true without a reload: reads it again when the shop signals something, and twice a minute. A new
 * alarm is read out as well.
 */
export function Live({ live, waiting, newAlarm }: Props) {
  const router = useRouter();
  const [connected, setConnected] = useState(false);
  const [announced, setAnnounced] = useState(false);

  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let readAt = 0;
    const readAgain = () => {
      const inMs = Math.max(gatherMs, readAt + apartMs - Date.now());
      gathering ??= setTimeout(() => {
        gathering = undefined;
        readAt = Date.now();
        router.refresh();
      }, inMs);
    };
    let silence: ReturnType<typeof setTimeout> | undefined;
    const announce = (event: MessageEvent<string>) => {
      if (!isNewAlarm(event.data)) return;
      setAnnounced(true);
      clearTimeout(silence);
      silence = setTimeout(() => setAnnounced(false), announcedMs);
    };
    const events = new EventSource("/api/events");
    let wasOpen = false;
    events.onopen = () => {
      setConnected(true);
      if (wasOpen) readAgain(); // What was signalled while the stream was broken.
      wasOpen = true;
    };
    events.onerror = () => setConnected(false);
    events.onmessage = (event) => {
      announce(event);
      readAgain();
    };
    const poll = setInterval(() => document.hidden || router.refresh(), pollMs);
    return () => {
      events.close();
      clearInterval(poll);
      clearTimeout(gathering);
      clearTimeout(silence);
    };
  }, [router]);

  return (
    <>
      <span className="text-s" role="status">
        <Mark shape={connected ? "full" : "hollow"} tone={connected ? "accent" : "soft"}>
          {connected ? live : waiting}
        </Mark>
      </span>
      <span aria-live="polite" className="zg-visually-hidden">
        {announced ? newAlarm : ""}
      </span>
    </>
  );
}

/** What others do to an alarm is a signal too, and nothing to read out. */
function isNewAlarm(data: string): boolean {
  const signal: unknown = JSON.parse(data);
  return typeof signal === "object" && signal !== null && "isNew" in signal;
}
