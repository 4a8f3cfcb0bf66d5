"use client";

import { useTranslations } from "next-intl";
import { useState, useSyncExternalStore } from "react";
import { readPasted } from "@/lib/addresses/read-pasted";
import styles from "./recipient.module.css";
import type { RecipientField } from "./recipient-state";

/** One field for a whole address, as people send it to each other. It reads by itself; without JavaScript it is not there. */
export function PasteAddress({
  onRead,
}: {
  onRead: (known: Partial<Record<RecipientField, string>>) => void;
}) {
  const t = useTranslations("addresses");
  const isRunning = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  const [isOpen, setOpen] = useState(false);
  const [isUnread, setUnread] = useState(false);
  if (!isRunning) return null;
  if (!isOpen)
    return (
      <button type="button" className={styles.way} onClick={() => setOpen(true)}>
        {t("paste")}
      </button>
    );

  function read(text: string) {
    const known = readPasted(text);
    const isRead = Object.keys(known).length > 0;
    setUnread(!isRead && text.trim() !== "");
    if (!isRead) return;
    setOpen(false);
    onRead(known);
  }

  return (
    <div className={styles.paste}>
      <label className={styles.pasteLabel} htmlFor="pasted">
        {t("paste")}
      </label>
      <textarea
        id="pasted"
        className={`weui-textarea ${styles.pasteArea}`}
        rows={3}
        placeholder={t("pasteExample")}
        aria-describedby={isUnread ? "pasted-problem" : undefined}
        ref={(area) => area?.focus()}
        onPaste={(event) => {
          event.preventDefault();
          event.currentTarget.value = event.clipboardData.getData("text");
          read(event.currentTarget.value);
        }}
        onBlur={(event) => read(event.currentTarget.value)}
      />
      {isUnread && (
        <p id="pasted-problem" className={styles.problem} role="alert">
          {t("pasteUnread")}
        </p>
      )}
    </div>
  );
}

const subscribeToNothing = () => () => {};
