"use client";

import { useState } from "react";

/** A text to take elsewhere. Without JavaScript, or where the clipboard is closed, it is selected by hand. */
export function CopyText({
  text,
  label,
  words,
  lang,
  rows = 4,
  className = "w-full max-w-[46em]",
}: {
  text: string;
  label: string;
  words: { copy: string; copied: string };
  lang?: string;
  rows?: number;
  className?: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="mt-1 grid gap-2">
      <textarea
        readOnly
        lang={lang}
        aria-label={label}
        rows={rows}
        value={text}
        className={`field ${className}`}
      />
      <p className="flex items-center gap-3">
        <button type="button" className="button" onClick={copy}>
          {words.copy}
        </button>
        <span role="status">{copied ? words.copied : ""}</span>
      </p>
    </div>
  );
}
