"use client";

import { type RefObject, useEffect } from "react";

/**
 * Closes an open disclosure on Escape, which leads back to what opened it, and when something else is pressed: only where
 * it lies over the page, since closing it would else move what is being pressed.
 */
export function useClosing(disclosure: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const close = (event: Event) => {
      const open = disclosure.current;
      if (!open?.open) return;
      const stays =
        event instanceof KeyboardEvent
          ? event.key !== "Escape"
          : open.contains(event.target as Node) || !isOver(open.lastElementChild);
      if (stays) return;
      open.open = false;
      if (event instanceof KeyboardEvent) open.querySelector("summary")?.focus();
    };
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, [disclosure]);
}

function isOver(content: Element | null): boolean {
  return content !== null && getComputedStyle(content).position === "absolute";
}
