import type { ReactNode } from "react";
import { ListLink } from "./list-link";

export type Column = {
  label: string;
  end?: true;
  /** Where a press on the head leads, and how the list is sorted by this column now. */
  sort?: { href: string; direction: "ascending" | "descending" | null };
};

/**
 * A plain table. On a phone its rows become cards by style alone, which would take the meaning of the elements away
 * from assistive technology: the roles give it back.
 */
export function Ledger({
  label,
  columns,
  isCompact,
  children,
}: {
  label: string;
  columns: Column[];
  isCompact?: boolean;
  children: ReactNode;
}) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: `display: block` removes the implied ones.
    <table className={isCompact ? "ledger compact" : "ledger"} aria-label={label} role="table">
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.label}
              scope="col"
              role="columnheader"
              className={column.end && "end"}
              aria-sort={column.sort?.direction ?? undefined}
            >
              {column.sort ? <SortLink label={column.label} {...column.sort} /> : column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: as above.
  );
}

function SortLink({ label, href, direction }: { label: string } & NonNullable<Column["sort"]>) {
  return (
    <ListLink
      className="inline-flex items-baseline gap-1 text-inherit no-underline hover:underline"
      href={href}
    >
      {label}
      <svg viewBox="0 0 8 12" className="size-[0.8em] shrink-0 self-center" aria-hidden="true">
        {direction !== "descending" && <path d="M4 0 8 5H0z" fill="currentColor" />}
        {direction !== "ascending" && <path d="M4 12 0 7h8z" fill="currentColor" />}
      </svg>
    </ListLink>
  );
}

export function Row({ children }: { children: ReactNode }) {
  // biome-ignore lint/a11y/noRedundantRoles: `display: block` removes the implied one.
  return <tr role="row">{children}</tr>;
}

type CellProps = { label?: string; className?: string; children: ReactNode };

/** `label` is the column's, shown beside the value on a phone; a cell without one heads its card. */
export function Cell({ label, className, children }: CellProps) {
  const classes = [className, label === undefined && "wide"].filter(Boolean).join(" ");
  return (
    // biome-ignore lint/a11y/noRedundantRoles: `display: block` removes the implied one.
    <td role="cell" data-label={label} className={classes || undefined}>
      {children}
    </td>
  );
}
