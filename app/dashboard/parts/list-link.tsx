import Link from "next/link";
import type { ComponentProps } from "react";
import { LinkPending } from "./link-pending";

/** A link from a list to another piece of it: the page stays, and tells that the next one is on its way. */
export function ListLink({ children, className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link prefetch={false} className={`relative ${className ?? ""}`} {...rest}>
      {children}
      <LinkPending />
    </Link>
  );
}
