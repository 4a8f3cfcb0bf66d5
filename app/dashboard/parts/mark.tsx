import type { ReactNode } from "react";

/** What a mark says without its colour: hollow waits, half is under way, full is done, a bar is over, a wedge needs a hand. */
export type Shape = "hollow" | "half" | "full" | "bar" | "wedge";
export type Tone = "plain" | "soft" | "money" | "warn" | "danger" | "accent";

const tones: Record<Tone, string> = {
  plain: "text-ink",
  soft: "text-soft",
  money: "text-money",
  warn: "text-warn",
  danger: "text-danger",
  accent: "text-accent",
};

/** A status: a word and a shape; colour comes third. */
export function Mark({ shape, tone, children }: { shape: Shape; tone: Tone; children: ReactNode }) {
  return (
    <span className={`inline-flex items-baseline gap-1.5 whitespace-nowrap ${tones[tone]}`}>
      <svg viewBox="0 0 12 12" className="size-[0.7em] shrink-0 self-center" aria-hidden="true">
        {drawings[shape]}
      </svg>
      {children}
    </span>
  );
}

const ring = <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.75" />;

const drawings: Record<Shape, ReactNode> = {
  hollow: ring,
  half: (
    <>
      {ring}
      <path d="M6 1.5v9a4.5 4.5 0 0 1 0-9Z" fill="currentColor" />
    </>
  ),
  full: <circle cx="6" cy="6" r="5.5" fill="currentColor" />,
  bar: <path d="M1 4.75h10v2.5H1z" fill="currentColor" />,
  wedge: <path d="M6 .8 11.6 11H.4z" fill="currentColor" />,
};
