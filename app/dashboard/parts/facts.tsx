import type { ReactNode } from "react";

/** Names and values under each other; money and times stand at the end of their line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-1.5 px-4 py-3">{children}</dl>;
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <dt className="shrink-0 text-soft">{name}</dt>
      <dd className="ms-auto min-w-0 text-end">{children}</dd>
    </div>
  );
}
