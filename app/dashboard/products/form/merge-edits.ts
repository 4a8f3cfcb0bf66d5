import { readYuan } from "@/app/ui/read-yuan";
import type { TypedProduct, TypedVariant } from "./typed-product";

/**
 * What became of one field, or of a row, of a product that two people edited: the other's was `taken` because only they
 * had changed it; both changed it and they `differ`; a variant was `added` or `deleted` by the other, or `kept` by them.
 */
export type Note =
  | { kind: "taken" | "differs"; was: string; theirs: string }
  | { kind: "added" | "deleted" | "kept" };

export type Merged = { typed: TypedProduct; notes: Record<string, Note> };

/** What both read (`was`), what one typed (`mine`) and what the other saved (`theirs`), as one form; nothing is lost. */
export function mergeEdits(of: { was: TypedProduct; mine: TypedProduct; theirs: TypedProduct }): Merged {
  const { was, mine, theirs } = of;
  const notes: Merged["notes"] = {};
  const typed = { ...mine };
  for (const name of ["title", "slug", "kind", "category", "description"] as const)
    typed[name] = choose(notes, name, { was: was[name], mine: mine[name], theirs: theirs[name] });

  const rows = mergeRows(of);
  typed.variants = rows.map(({ row }) => row);
  for (const [at, { notes: ofRow }] of rows.entries())
    for (const [name, note] of Object.entries(ofRow))
      notes[name ? `variants.${at}.${name}` : `variants.${at}`] = note;
  return { typed, notes };
}

type Row = { row: TypedVariant; notes: Record<string, Note> };

function mergeRows({
  was,
  mine,
  theirs,
}: {
  was: TypedProduct;
  mine: TypedProduct;
  theirs: TypedProduct;
}): Row[] {
  const byId = (rows: TypedVariant[], id: string) => rows.find((row) => row.id === id);
  const kept = mine.variants.flatMap((row): Row[] => {
    const before = byId(was.variants, row.id);
    const after = byId(theirs.variants, row.id);
    if (row.id === "" || !before) return [{ row, notes: {} }];
    if (after) return [mergeRow({ was: before, mine: row, theirs: after })];
    return isSameRow(row, before) ? [] : [{ row: { ...row, id: "" }, notes: { "": { kind: "deleted" } } }];
  });
  const others = theirs.variants.flatMap((row): Row[] => {
    if (byId(mine.variants, row.id)) return [];
    const before = byId(was.variants, row.id);
    if (!before) return [{ row, notes: { "": { kind: "added" } } }];
    return isSameRow(row, before) ? [] : [{ row, notes: { "": { kind: "kept" } } }];
  });
  const merged = [...kept, ...others];
  const isMineMoved = idsOf(mine.variants, was.variants) !== idsOf(was.variants, mine.variants);
  return isMineMoved ? merged : inOrderOf(theirs.variants, merged);
}

/** The ids of `rows` that `others` have too, in the order of `rows`. */
function idsOf(rows: TypedVariant[], others: TypedVariant[]): string {
  return rows.flatMap(({ id }) => (id && others.some((other) => other.id === id) ? [id] : [])).join();
}

function inOrderOf(order: TypedVariant[], rows: Row[]): Row[] {
  const place = ({ row }: Row) => {
    const at = order.findIndex(({ id }) => id === row.id);
    return at < 0 ? order.length : at;
  };
  return rows.toSorted((one, other) => place(one) - place(other));
}

function mergeRow(of: { was: TypedVariant; mine: TypedVariant; theirs: TypedVariant }): Row {
  const { was, mine, theirs } = of;
  const notes: Row["notes"] = {};
  const row = { ...mine };
  for (const name of ["title", "sku", "price"] as const)
    row[name] = choose(notes, name, { was: was[name], mine: mine[name], theirs: theirs[name] });
  if (theirs.onSale !== was.onSale && mine.onSale === was.onSale) {
    row.onSale = theirs.onSale;
    notes.onSale = { kind: "taken", was: String(was.onSale), theirs: String(theirs.onSale) };
  }
  return { row, notes };
}

function isSameRow(one: TypedVariant, other: TypedVariant): boolean {
  const isSame = (["title", "sku", "price"] as const).every((name) => same(name, one[name], other[name]));
  return isSame && one.onSale === other.onSale;
}

/** Mine, unless only the other changed it. */
function choose(
  notes: Record<string, Note>,
  name: string,
  of: { was: string; mine: string; theirs: string },
): string {
  const { was, mine, theirs } = of;
  if (same(name, theirs, was) || same(name, theirs, mine)) return mine;
  const isOnlyTheirs = same(name, mine, was);
  notes[name] = { kind: isOnlyTheirs ? "taken" : "differs", was, theirs };
  return isOnlyTheirs ? theirs : mine;
}

function same(name: string, one: string, other: string): boolean {
  if (name === "price") return readYuan(one) === readYuan(other);
  const plain = (text: string) => text.replace(/\r\n?/g, "\n").trim();
  return plain(one) === plain(other);
}
