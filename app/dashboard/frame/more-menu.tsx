"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** The rooms that are not under the thumb, in a sheet above the bar. A disclosure: it opens without a script, too. */
export function MoreMenu({ label, children }: { label: ReactNode; children: ReactNode }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const open = menu.current;
      if (!open?.open) return;
      if (event instanceof KeyboardEvent ? event.key !== "Escape" : open.contains(event.target as Node))
        return;
      open.open = false;
      if (event instanceof KeyboardEvent) open.querySelector("summary")?.focus();
    };
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, []);
  return (
    <details ref={menu} className="group">
      <summary className="flex min-h-13 cursor-pointer list-none flex-col items-center justify-center border-transparent border-t-2 px-1 text-s group-open:border-accent">
        {label}
      </summary>
      <div className="absolute inset-x-0 bottom-full max-h-[70dvh] overflow-y-auto border-line-strong border-t bg-surface p-3">
        {children}
      </div>
    </details>
  );
}
