import { eventRow } from "./event-row";
import type { EvidenceWords } from "./evidence-words";
import type { Evidence } from "./read-evidence";

/** A page that any browser opens without the shop: plain tables, everything escaped, nothing loaded from anywhere. */
function page(title: string, { locale }: EvidenceWords, body: string): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.6 "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif; color: #1c1d1a; }
h1 { font-size: 1.375rem; } h2 { font-size: 1.125rem; margin-top: 2rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.8125rem; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid #dcd9ce; text-align: start; vertical-align: baseline; overflow-wrap: anywhere; }
th { color: #5b5d56; border-color: #8b8c83; font-weight: normal; } td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
</style></head><body><h1>${escapeHtml(title)}</h1>
${body}</body></html>
`;
}

/** `cells` are HTML. */
function table(columns: string[], rows: string[][]): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>\n`;
}

export function timelinePage(of: Evidence, words: EvidenceWords): string {
  const { texts } = words;
  const { columns } = texts;
  const rows = of.events.map((event) => eventRow(event, words).map(escapeHtml));
  const title = `${texts.title.replace("{orderNo}", of.order.orderNo)} · ${texts.timeline}`;
  const named = [columns.at, columns.who, columns.event, columns.number, columns.detail];
  return page(title, words, rows.length > 0 ? table(named, rows) : `<p>${escapeHtml(texts.none)}</p>\n`);
}

export type IndexedFile = { path: string; what: string; bytes: number; sha256: string };

/** What is what, when it was made and by whom, and how to check that nothing was changed since. */
export function indexPage(
  facts: [name: string, value: string][],
  files: IndexedFile[],
  of: { title: string; words: EvidenceWords },
): string {
  const { texts } = of.words;
  const { columns } = texts;
  const rows = files.map(({ path, what, bytes, sha256 }) => [
    `<a href="${escapeHtml(path)}">${escapeHtml(path)}</a>`,
    ...[what, String(bytes)].map(escapeHtml),
    `<code>${sha256}</code>`,
  ]);
  const body = `${table(
    [],
    facts.map((fact) => fact.map(escapeHtml)),
  )}<h2>${escapeHtml(texts.contents)}</h2>
${table([columns.file, columns.what, columns.bytes, columns.sha256], rows)}`;
  return page(of.title, of.words, body);
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
