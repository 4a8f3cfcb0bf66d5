"use client";

import { type ReactNode, useRef } from "react";
import { useClosing } from "../parts/use-closing";

/** The rooms that are not under the thumb, in a sheet above the bar. A disclosure: it opens without a script, too. */
export function MoreMenu({ label, children }: { label: ReactNode; children: ReactNode }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
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
