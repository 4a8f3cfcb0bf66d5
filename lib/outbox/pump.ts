import type { Sql } from "postgres";

const batch = 500;

/**
 * Turns outbox rows into jobs, in one transaction: each row becomes exactly one job, whoever pumps.
 * Returns how many; call again while it returns a full batch.
 */
export async function pumpOutbox(sql: Sql): Promise<number> {
  const rows = await sql`
    WITH taken AS (
      DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ${batch} FOR UPDATE SKIP LOCKED)
      RETURNING id, task, payload
    )
    SELECT graphile_worker.add_job(task, payload::json, max_attempts := 25) FROM (SELECT * FROM taken ORDER BY id) t`;
  return rows.length;
}

export async function pumpWholeOutbox(sql: Sql): Promise<void> {
  while ((await pumpOutbox(sql)) === batch);
}
