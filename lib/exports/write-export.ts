import { sql } from "drizzle-orm";
import { AppError } from "@/lib/http/app-error";
import { chooseLocale } from "@/lib/http/locale";
import type { Cell } from "@/lib/sheets/table";
import type { Shop } from "@/lib/shop";
import { appendParts, type Run } from "./append-parts";
import { readQuery } from "./export-query";
import { findList } from "./lists";
import { exportFormats, tableOf, writeTable } from "./table-of";

const mostRows = 1_000_000; // A sheet ends at 1,048,576.

/**
 * Writes a list to its file, part by part, each committed as it comes. Run again after it was killed, it begins anew;
 * of two that run at once the later one goes on. What cannot be written is `failed`, with the reason.
 */
export async function writeExport(shop: Shop, exportId: number): Promise<void> {
  const run = await startRun(shop, exportId);
  if (!run) return;
  try {
    await writeParts(shop, run);
  } catch (error) {
    const isExpected = error instanceof AppError;
    const errorText = isExpected ? String(error.facts.reason ?? error.code) : "internal";
    await shop.db.execute(sql`
      UPDATE list_exports SET status = 'failed', error_text = ${errorText}, ended_at = ${shop.now().toISOString()}
       WHERE id = ${run.id} AND started_at = ${run.token}::timestamptz AND status = 'running'`);
    if (!isExpected) throw error; // Kept with the job's run; tried again, it finds this export ended.
  }
}

type StartedRun = Run & { staffId: number; list: string; query: string; format: string; locale: string };

async function startRun({ db }: Shop, exportId: number): Promise<StartedRun | null> {
  return db.transaction(async (tx) => {
    const [run] = await tx.execute<StartedRun>(sql`
      UPDATE list_exports SET status = 'running', started_at = clock_timestamp(), ended_at = NULL, rows_done = 0, size_bytes = NULL,
          error_text = NULL WHERE id = ${exportId} AND status IN ('queued', 'running')
      RETURNING id::float8 AS id, started_at::text AS token, staff_id::float8 AS "staffId", list, query, format, locale`);
    if (run) await tx.execute(sql`DELETE FROM export_parts WHERE export_id = ${exportId}`);
    return run ?? null;
  });
}

async function writeParts(shop: Shop, run: StartedRun): Promise<void> {
  const list = findList(run.list);
  const format = exportFormats.find((known) => known === run.format);
  if (!list || !format) throw new AppError("not_found");
  const query = readQuery(run.query);
  const locale = chooseLocale(run.locale, null);
  const viewer = { staffId: run.staffId, locale, reveal: query.reveal === "1" };
  const table = await tableOf(shop, { list, query, viewer });
  const count = { rows: 0 };
  const parts = appendParts(shop, run);
  for await (const bytes of writeTable[format]({ ...table, batches: counted(table.batches, count) }))
    if (!(await parts.add(bytes, count.rows))) return;
  await parts.end(count.rows);
}

async function* counted(batches: AsyncIterable<Cell[][]>, count: { rows: number }): AsyncGenerator<Cell[][]> {
  for await (const batch of batches) {
    count.rows += batch.length;
    if (count.rows > mostRows) throw new AppError("filter_too_wide", { reason: "too_many_rows" });
    yield batch;
  }
}
