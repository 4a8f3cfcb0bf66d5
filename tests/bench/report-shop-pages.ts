import { cpus } from "node:os";
import nextPackage from "next/package.json" with { type: "json" };
import { slowPhone } from "./page-visit";
import type { ShopPageRow, ShopPagesFigures } from "./shop-pages";

const bars = { scriptsKb: 25, lcpMs: 1_500 };

/** The section of the buyers' pages in docs/benchmarks.md; it may be from a run of its own. */
export function describeShopPages(figures: ShopPagesFigures, date: Date): string[] {
  const { plan, loadBefore, bare, product, others } = figures;
  const { cpuSlowdown, downKbit, latencyMs } = slowPhone;
  const processors = cpus();
  return [
    "## The shop's pages",
    "",
    `Measured ${date.toISOString().slice(0, 16).replace("T", " ")} UTC on ${processors.length} × ${processors[0]?.model.trim()} (load average ${loadBefore.toFixed(1)} before), Next.js ${nextPackage.version}. A phone's`,
    `screen with nothing in its cache, a processor ${cpuSlowdown} times slower, ${downKbit / 1000} Mbit/s and ${latencyMs} ms to every first byte, set in the`,
    `browser itself; the middle of ${plan.visits} visits of each page, the pages in turn. *JavaScript* is every script the browser`,
    "fetched until the page was at rest, compressed by one and the same program; what only old browsers fetch (`noModule`)",
    "is not among it. The bare page is built for this, by the same Next, with one heading on it. The goods have photographs.",
    "",
    "| page | JavaScript | above bare | document | styles | pictures | LCP | slowest |",
    "|---|---:|---:|---:|---:|---:|---:|---:|",
    ...[bare, product, ...others].map((row) => lineOf(row, bare)),
    "",
    "| bar | wanted | measured | |",
    "|---|---|---:|---|",
    bar("the product's JavaScript above a bare page's, KB gz", bars.scriptsKb, above(product, bare)),
    bar("the product's LCP in ms", bars.lcpMs, product.lcpMs),
  ];
}

function lineOf(row: ShopPageRow, bare: ShopPageRow): string {
  const kb = (figure: number) => `${figure.toFixed(1)} KB`;
  const more = row === bare ? "" : kb(above(row, bare));
  return `| ${row.what} | ${kb(row.scriptsKb)} | ${more} | ${kb(row.documentKb)} | ${kb(row.stylesKb)} | ${kb(row.picturesKb)} | ${row.lcpMs.toFixed(0)} ms | ${row.slowestMs.toFixed(0)} ms |`;
}

function above(row: ShopPageRow, bare: ShopPageRow): number {
  return row.scriptsKb - bare.scriptsKb;
}

function bar(what: string, most: number, is: number): string {
  return `| ${what} | ≤ ${most} | ${is.toFixed(is < 100 ? 1 : 0)} | ${is <= most ? "holds" : "**missed**"} |`;
}
