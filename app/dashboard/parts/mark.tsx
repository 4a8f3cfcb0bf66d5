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

/** A status: a word and a shape, which the style draws; colour comes third. */
export function Mark({ shape, tone, children }: { shape: Shape; tone: Tone; children: ReactNode }) {
  return <span className={`mark ${shape} ${tones[tone]}`}>{children}</span>;
}
