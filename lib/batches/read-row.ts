import type { BatchField, Meaning } from "./columns";

/** What one row says, by what its columns mean. */
export type RowFacts = {
  /** The number by which it names its order. */
  named: string;
  trackingNo: string;
  carrier: string;
  /** Four digits, or empty. */
  phoneTail: string;
  sku: string;
  /** Null when none is given, NaN when what is given is none. */
  quantity: number | null;
  note: string;
};

export function readRow(cells: string[], meaning: Meaning): RowFacts {
  const cell = (field: BatchField) => cells[meaning[field] ?? -1]?.normalize("NFKC").trim() ?? "";
  return {
    named: cell("order").replace(/[\s-]/g, ""),
    trackingNo: cell("trackingNo"),
    carrier: cell("carrier"),
    phoneTail: /\d{4}$/.exec(cell("phone").replace(/\D/g, ""))?.[0] ?? "",
    sku: cell("sku"),
    quantity: readQuantity(cell("quantity")),
    note: cells[meaning.note ?? -1]?.trim() ?? "", // Somebody's words stay as they were written.
  };
}

function readQuantity(text: string): number | null {
  if (text === "") return null;
  return Number(/^([1-9]\d{0,3})(?:\.0+)?\s*(?:件|个|盒|pcs?)?$/i.exec(text)?.[1] ?? Number.NaN);
}

/** 1.23E+17: a spreadsheet took the number for an amount, and its last digits are gone. */
export function hasLostDigits(text: string): boolean {
  return /^\d(\.\d+)?E\+?\d+$/i.test(text);
}
