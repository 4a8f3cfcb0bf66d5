"use client";

import { useState } from "react";

/** A number to take elsewhere. Without JavaScript, or where the clipboard is closed, it is selected by hand. */
export function CopyNumber({ text, words }: { text: string; words: { copy: string; copied: string } }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <span className="zg-code select-all">{text}</span>
      <button
        type="button"
        className="min-h-6 cursor-pointer bg-transparent px-0 text-accent text-s underline underline-offset-2"
        onClick={copy}
      >
        {words.copy}
      </button>
      <span role="status" className="text-s text-soft">
        {copied ? words.copied : ""}
      </span>
    </span>
  );
}
