import { sql } from "drizzle-orm";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";

const partBytes = 4 * 1024 * 1024; // Below the 5 MB that a row may hold.
const mostBytes = 256 * 1024 * 1024; // The database keeps it for a week.
const tellEveryMs = 500;

/** One try to write an export. `token` is when it began, to the microsecond: a later one has taken over. */
export type Run = { id: number; token: string };

/** Takes a file's bytes as they come and commits them in parts; between two parts it tells how far it is. */
export function appendParts(shop: Shop, { id, token }: Run) {
  let waiting: Uint8Array[] = [];
  let [waitingBytes, partNo, size, toldAt] = [0, 0, 0, 0];
  const isMine = sql`id = ${id} AND started_at = ${token}::timestamptz AND status = 'running'`;

  /** In the statement that adds the part, so that a run which was overtaken adds none. */
  const save = async (bytes: Uint8Array, rows: number): Promise<boolean> => {
    if (bytes.length === 0) return true;
    size += bytes.length;
    if (size > mostBytes) throw new AppError("filter_too_wide", { reason: "too_large" });
    const saved = await shop.db.execute(sql`
      WITH mine AS (UPDATE list_exports SET rows_done = ${rows} WHERE ${isMine} RETURNING id)
      INSERT INTO export_parts (export_id, part_no, bytes) SELECT id, ${partNo++}::int, ${Buffer.from(bytes)}::bytea FROM mine RETURNING part_no`);
    return saved.length === 1;
  };

  return {
    /** False when another run has taken over: this one is to stop. */
    async add(bytes: Uint8Array, rows: number): Promise<boolean> {
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes < partBytes) return tell(rows);
      const all = Buffer.concat(waiting);
      let at = 0;
      for (; all.length - at >= partBytes; at += partBytes)
        if (!(await save(all.subarray(at, at + partBytes), rows))) return false;
      waiting = [all.subarray(at)];
      waitingBytes = all.length - at;
      return true;
    },
    async end(rows: number): Promise<void> {
      if (!(await save(Buffer.concat(waiting), rows))) return;
      const endedAt = shop.now().toISOString();
      await shop.db.execute(sql`UPDATE list_exports SET status = 'done', rows_done = ${rows}, size_bytes = ${size}, ended_at = ${endedAt}
        WHERE ${isMine}`);
    },
  };

  async function tell(rows: number): Promise<boolean> {
    if (performance.now() - toldAt < tellEveryMs) return true;
    toldAt = performance.now();
    return (
      (await shop.db.execute(sql`UPDATE list_exports SET rows_done = ${rows} WHERE ${isMine} RETURNING id`))
        .length === 1
    );
  }
}
