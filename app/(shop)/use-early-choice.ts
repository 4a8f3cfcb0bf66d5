"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";

/**
 * Whoever is quicker than the page's script has chosen already, and a browser that goes back shows what was chosen
 * before: React leaves that as it is shown and tells nobody. So `onFound` hears it, once the script is there.
 */
export function useEarlyChoice(group: RefObject<HTMLElement | null>, onFound: (value: string) => void): void {
  const tell = useEffectEvent(onFound);
  useEffect(() => {
    const chosen = group.current?.querySelector<HTMLInputElement>("input:checked");
    if (chosen) tell(chosen.value);
  }, [group]);
}
