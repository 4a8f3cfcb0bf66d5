"use client";

import { type ReactNode, useRef } from "react";
import { useClosing } from "./use-closing";

/** A button that opens what belongs to it: over the page where there is room, in its flow on a phone. */
export function Panel({ label, children }: { label: ReactNode; children: ReactNode }) {
  const panel = useRef<HTMLDetailsElement>(null);
  useClosing(panel);
  return (
    <details ref={panel} className="panel">
      <summary className="button">{label}</summary>
      <div className="sheet">{children}</div>
    </details>
  );
}
