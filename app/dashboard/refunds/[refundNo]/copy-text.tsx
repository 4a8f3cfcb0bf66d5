"use client";

import { useState } from "react";

/** A text to take elsewhere. Without JavaScript, or where the clipboard is closed, it is selected by hand. */
export function CopyText({
  text,
  label,
  words,
}: {
  text: string;
  label: string;
  words: { copy: string; copied: string };
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
        lang="zh-CN"
        aria-label={label}
        rows={4}
        value={text}
        className="field w-full max-w-[46em]"
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
