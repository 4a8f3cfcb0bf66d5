import type { Shop } from "@/lib/shop";

export type SettingChange = { at: Date; staffName: string | null };

/** Who changed each setting last, and when; one that nobody has changed is not in the answer. */
export async function readChanges({ sql }: Shop): Promise<Map<string, SettingChange>> {
  const rows = await sql<{ key: string; at: Date; staffName: string | null }[]>`
    SELECT DISTINCT ON (a.subject_id) a.subject_id AS key, a.at, s.name AS "staffName"
    FROM audit_entries a LEFT JOIN staff s ON s.id = a.staff_id
    WHERE a.action = 'setting.change' ORDER BY a.subject_id, a.id DESC`;
  return new Map(rows.map(({ key, at, staffName }) => [key, { at: new Date(at), staffName }]));
}
