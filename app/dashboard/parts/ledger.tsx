import type { ReactNode } from "react";

export type Column = { label: string; end?: true };

/**
 * A plain table. On a phone its rows become cards by style alone, which would take the meaning of the elements away
 * from assistive technology: the roles give it back.
 */
export function Ledger({
  label,
  columns,
  children,
}: {
  label: string;
  columns: Column[];
  children: ReactNode;
}) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: `display: block` removes the implied ones.
    <table className="ledger" aria-label={label} role="table">
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.label} scope="col" role="columnheader" className={column.end && "end"}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: as above.
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
      <div className="min-w-0">{children}</div>
    </td>
  );
}
