import Link from "next/link";
import type { ReactNode } from "react";

/** What can be done here, side by side: each a button that opens its form, which then takes the whole width. */
export function Deeds({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-2">
      {children}
    </ul>
  );
}

/** One of them. Opening it closes the others; what was typed there stays. Without JavaScript too. */
export function Deed({
  id,
  title,
  primary,
  children,
}: {
  id?: string;
  title: string;
  primary?: boolean;
  children: ReactNode;
}) {
  return (
    <li className="min-w-0 has-[details[open]]:basis-full">
      <details name="deed" id={id} className="scroll-mt-4">
        <summary className={primary ? "button primary" : "button"}>{title}</summary>
        <div className="mt-2 rounded-md border border-line-strong px-4 py-3">{children}</div>
      </details>
    </li>
  );
}

/** One that is done on a page of its own. */
export function DeedLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <Link href={href} prefetch={false} className="button">
        {children}
      </Link>
    </li>
  );
}
