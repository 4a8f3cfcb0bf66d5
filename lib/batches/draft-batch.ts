import { inTurn } from "@/lib/pictures/in-turn";
import type { Shop } from "@/lib/shop";
import { insertBatch, planRows } from "./batch-rows";
import { guessColumns } from "./columns";
import { readSheet } from "./read-sheet";
import { type Sheet, unreadable } from "./sheet";

/**
 * The dry run of a file: a draft with a verdict for each row. Nothing leaves, nobody is told. `file_unreadable`,
 * `too_many_requests` when several files are being read.
 */
export async function draftBatch(
  shop: Shop,
  of: { bytes: Uint8Array; fileName: string; staffId: number },
): Promise<{ batchId: number }> {
  const { header, meaning, rows } = guessColumns(await inTurn(() => readSheet(of.bytes)));
  if (rows.length === 0) throw unreadable("empty");
  const planned = await planRows(shop, { rows, meaning });
  const batchId = await shop.db.transaction((tx) =>
    insertBatch(tx, {
      staffId: of.staffId,
      source: "file",
      fileName: plainName(of.fileName),
      columns: { header: Array.from({ length: widthOf(rows, header) }, (_, n) => header[n] ?? ""), meaning },
      createdAt: shop.now(),
      rows: planned,
    }),
  );
  return { batchId };
}

/** A column without a header has a place in it all the same. */
function widthOf(rows: Sheet, header: string[]): number {
  return Math.max(header.length, ...rows.map(({ cells }) => cells.length));
}

function plainName(name: string): string {
  return name
    .toWellFormed()
    .replace(/\p{Cc}/gu, "")
    .slice(-100);
}
