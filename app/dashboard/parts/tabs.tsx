import Link from "next/link";

export type Tab = { label: string; href: string; current: boolean };

/** A filter as links: each choice is an address. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex w-max gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.current ? "page" : undefined}
              className="inline-flex min-h-10 items-center rounded-md border border-transparent px-3 text-ink no-underline hover:bg-sunk aria-[current=page]:border-line-strong aria-[current=page]:bg-surface aria-[current=page]:font-semibold"
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
