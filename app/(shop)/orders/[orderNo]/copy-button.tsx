"use client";

import { useEffect, useState } from "react";
import styles from "./copy-button.module.css";

/** Copies one text. Only there where it can: without JavaScript the text beside it is selected by hand. */
export function CopyButton({ text, words }: { text: string; words: { copy: string; copied: string } }) {
  const [isAble, setAble] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => setAble(Boolean(navigator.clipboard)), []);
  if (!isAble) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  const word = copied ? words.copied : words.copy;
  return (
    <button type="button" className={styles.copy} onClick={copy} aria-label={`${word} ${text.slice(0, 60)}`}>
      <span role="status">{word}</span>
    </button>
  );
}
