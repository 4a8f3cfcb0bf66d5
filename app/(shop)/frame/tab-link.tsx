"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A link of the shop's navigation that knows where one is; `under` are addresses that belong to it. */
export function TabLink(props: {
  href: string;
  under?: string;
  className: string | undefined;
  children: ReactNode;
}) {
  const path = usePathname();
  const here = path === props.href || (props.under !== undefined && path.startsWith(props.under));
  return (
    <Link
      className={props.className}
      href={props.href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
    >
      {props.children}
    </Link>
  );
}
