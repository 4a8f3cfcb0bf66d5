"use client";

import { useLinkStatus } from "next/link";
import { useEffect } from "react";

/**
 * Inside a link: a line under it while the page that it leads to is on its way, and not before that takes a moment. The
 * page that stays meanwhile says that it is busy.
 */
export function LinkPending() {
  const { pending } = useLinkStatus();
  useEffect(() => {
    if (!pending) return;
    const content = document.getElementById("content");
    content?.setAttribute("aria-busy", "true");
    return () => content?.removeAttribute("aria-busy");
  }, [pending]);
  return <span aria-hidden="true" className={pending ? "pending on" : "pending"} />;
}
