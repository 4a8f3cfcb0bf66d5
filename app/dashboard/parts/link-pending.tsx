"use client";

import { useLinkStatus } from "next/link";

/** Inside a link: a line under it while the page that it leads to is on its way, and not before that takes a moment. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return <span aria-hidden="true" className={pending ? "pending on" : "pending"} />;
}
