import { productLimits } from "@/lib/catalog/product-limits";
import { blankVariant, type TypedVariant } from "./typed-product";

/**
 * What a button beside the rows of variants does to them: "add", "up:2", "down:2", "remove:2". Null when it is another
 * button, the rows as they were when it cannot be done.
 */
export function changeRows(rows: TypedVariant[], deed: string): TypedVariant[] | null {
  if (deed === "add") return rows.length < productLimits.variants ? [...rows, blankVariant] : rows;
  const [, move, place] = /^(up|down|remove):(\d{1,3})$/.exec(deed) ?? [];
  const at = Number(place);
  const row = rows[at];
  if (!move) return null;
  if (!row) return rows;
  const others = rows.toSpliced(at, 1);
  if (move === "remove") return others.length > 0 ? others : rows;
  return others.toSpliced(Math.max(0, move === "up" ? at - 1 : at + 1), 0, row);
}
