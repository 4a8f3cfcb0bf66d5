import { AppError } from "@/lib/http/app-error";
import type { Parameters } from "@/lib/http/read-parameters";
import { exportedLists, type ListName } from "./lists";

const queryAtMost = 16_000; // What a browser sends in one line; two hundred orders fit well.

/** An address's parameters that say which rows: without the format, and without where a page began. */
export function rowsQuery(parameters: URLSearchParams): string {
  const kept = [...parameters].filter(([name, value]) => value !== "" && !leftOut.includes(name));
  const query = new URLSearchParams(kept).toString();
  if (query.length > queryAtMost) throw new AppError("malformed");
  return query;
}

const leftOut = ["format", "reveal", "before", "after"];

/** Every parameter with its values; a name that comes once is one text. */
export function readQuery(query: string): Parameters {
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}

/** The filter as the audit trail keeps it, which nobody can erase: what people typed may be a name or a number of theirs. */
export function filterFacts(list: ListName, query: string): Record<string, string> {
  const { typed } = exportedLists[list];
  const facts = Object.entries(readQuery(query)).map(([name, value]) => {
    if (typed.includes(name)) return [name, "＊＊＊"];
    return [name, Array.isArray(value) ? `${value.length}` : value];
  });
  return Object.fromEntries(facts);
}
