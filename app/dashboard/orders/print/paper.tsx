import type { ReactNode } from "react";
import type { PrintedOrder } from "@/lib/orders/read-orders-to-print";
import { NumberCode } from "./number-code";

type Props = {
  title: string;
  shopName: string;
  order: PrintedOrder;
  words: { code: string };
  children: ReactNode;
};

/** One order a page: what it is, whose, and the number to scan; on screen a sheet as on the desk. */
export function Paper({ title, shopName, order, words, children }: Props) {
  return (
    <article
      aria-labelledby={`paper-${order.orderNo}`}
      className="sheet mb-4 max-w-[48rem] p-6 print:m-0 print:max-w-none print:break-after-page print:border-0 print:p-0 print:last:break-after-auto"
    >
      <header className="mb-4 flex items-start justify-between gap-4 border-line-strong border-b pb-3">
        <div>
          <p>{shopName}</p>
          <h2 id={`paper-${order.orderNo}`} className="text-l">
            {title} <span className="zg-code">{order.orderNo}</span>
          </h2>
        </div>
        <NumberCode text={order.orderNo} label={words.code} />
      </header>
      {children}
    </article>
  );
}

/** Names and values side by side, as many as fit. */
export function PaperFacts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="mb-4 grid gap-x-6 gap-y-1 sm:grid-cols-2 print:grid-cols-2">
      {facts.map(([name, value]) => (
        <div key={name} className="flex gap-3">
          <dt className="shrink-0 text-soft">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A table that stays one on paper and on a phone: four short columns. */
export function PaperTable({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: { label: string; end?: true }[];
  rows: { key: string; cells: ReactNode[] }[];
}) {
  return (
    <table aria-label={label} className="mb-4">
      <thead>
        <tr className="border-line-strong border-b text-s text-soft">
          {columns.map((column) => (
            <th key={column.label} scope="col" className={column.end ? "py-1 ps-3 text-end!" : "py-1"}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key} className="break-inside-avoid border-line border-b">
            {cells.map((cell, n) => (
              <td key={columns[n]?.label} className={columns[n]?.end ? "py-1.5 ps-3 text-end!" : "py-1.5"}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
