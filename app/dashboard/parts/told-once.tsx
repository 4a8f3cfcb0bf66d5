"use client";

import { CopyNumber } from "./copy-number";
import { CopyText } from "./copy-text";
import type { Outcome } from "./outcome";

/** A link to pass on, or codes to keep: this is the only time that they are shown. */
export function ToldOnce({ label, texts, words }: NonNullable<NonNullable<Outcome>["once"]>) {
  const [first = "", ...others] = texts;
  return (
    <div className="mt-2 grid gap-1">
      <p className="max-w-[46em]">{label}</p>
      {others.length === 0 ? (
        <p className="break-all">
          <CopyNumber text={first} words={words} />
        </p>
      ) : (
        <CopyText
          text={texts.join("\n")}
          label={label}
          words={words}
          rows={texts.length}
          className="zg-code w-44 resize-none"
        />
      )}
    </div>
  );
}
