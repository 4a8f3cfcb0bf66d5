"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

const storedAs = "zg-order-keys";

/**
 * The list by keyboard: / search, j and k from row to row, x ticks, ? explains. Enter is the link's own. Single keys can be
 * switched off: who speaks to the machine would press them by accident.
 */
export function OrderKeys({
  words,
  children,
}: {
  words: { hint: string; title: string; off: string; close: string };
  children: ReactNode;
}) {
  const help = useRef<HTMLDialogElement>(null);
  const [isOff, setIsOff] = useState<boolean | null>(null);

  useEffect(() => setIsOff(localStorage.getItem(storedAs) === "off"), []);
  useEffect(() => {
    const shorten = ({ target, formData }: FormDataEvent) => {
      // An address without what was left empty is one to share.
      if (target instanceof HTMLFormElement && target.method === "get")
        for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    };
    document.addEventListener("formdata", shorten);
    return () => document.removeEventListener("formdata", shorten);
  }, []);
  useEffect(() => {
    let at = -1;
    const move = (event: KeyboardEvent) => {
      if (isOff || event.defaultPrevented || hasModifier(event) || document.querySelector("dialog[open]"))
        return;
      if (isTyping(event)) {
        if (event.key === "Escape") rows()[Math.max(at, 0)]?.focus();
        return;
      }
      const here = rows().findIndex((row) => rowOf(row) === rowOf(document.activeElement));
      if (here >= 0) at = here;
      const keys: Record<string, () => void> = {
        "/": () => document.getElementById("q")?.focus(),
        "?": () => help.current?.showModal(),
        j: () => focusRow(here < 0 && at >= 0 ? at : at + 1),
        k: () => focusRow(at - 1),
        x: () =>
          rowOf(rows()[here] ?? null)
            ?.querySelector<HTMLInputElement>("input[type=checkbox]")
            ?.click(),
      };
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    const focusRow = (wished: number) => {
      at = Math.min(Math.max(wished, 0), rows().length - 1);
      const row = rows()[at];
      row?.focus();
      row?.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", move);
    return () => document.removeEventListener("keydown", move);
  }, [isOff]);

  if (isOff === null) return null;
  return (
    <>
      <button
        type="button"
        className="button quiet text-s text-soft max-[719px]:hidden pointer-coarse:hidden"
        onClick={() => help.current?.showModal()}
      >
        {words.hint}
      </button>
      <dialog ref={help} aria-labelledby="keys-title" className="max-w-[30em] p-5">
        <h2 id="keys-title" className="text-l">
          {words.title}
        </h2>
        {children}
        <label className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            checked={isOff}
            onChange={(event) => {
              localStorage.setItem(storedAs, event.currentTarget.checked ? "off" : "on");
              setIsOff(event.currentTarget.checked);
            }}
          />
          {words.off}
        </label>
        <form method="dialog" className="mt-4">
          <button type="submit" className="button primary">
            {words.close}
          </button>
        </form>
      </dialog>
    </>
  );
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")];
}

function rowOf(element: Element | null): Element | null {
  return element?.closest("tr") ?? null;
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
}

/** Boxes to tick take no text: the keys work on them. */
function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof Element &&
    target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")
  );
}
