import type { ReactNode } from "react";
import type { Look } from "./chart-option";

const tones: Record<Look, string> = { money: "text-money", full: "text-accent", hollow: "text-soft" };

/** What a bar of the chart means: filled or an outline, then its colour. */
export function Swatch({ look, children }: { look: Look; children: ReactNode }) {
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <svg
        viewBox="0 0 12 12"
        className={`size-[0.7em] shrink-0 self-center ${tones[look]}`}
        aria-hidden="true"
      >
        <path
          d="M2 1h8v10H2z"
          fill={look === "hollow" ? "none" : "currentColor"}
          stroke="currentColor"
          strokeWidth="1.5"
        />
      </svg>
      {children}
    </span>
  );
}
