import { inTurn } from "@/lib/pictures/in-turn";
import type { Shop } from "@/lib/shop";
import { insertBatch, planRows } from "./batch-rows";
import { guessColumns } from "./columns";
import { readSheet } from "./read-sheet";
import { unreadable } from "./sheet";

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
      columns: { header, meaning },
      createdAt: shop.now(),
      rows: planned,
    }),
  );
  return { batchId };
}

function plainName(name: string): string {
  return name
    .toWellFormed()
    .replace(/\p{Cc}/gu, "")
    .slice(-100);
}
