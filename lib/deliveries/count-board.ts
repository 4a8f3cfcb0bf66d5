import { sql } from "drizzle-orm";
import type { Shop } from "@/lib/shop";
import { countedAtMost } from "@/lib/staff/count-work";
import { type BoardFilter, type BoardState, boardStates, onBoard, readStates } from "./board-filter";

export type BoardCounts = Record<BoardState | "all", number>;

/** How many orders of a kind, or of a person's, are in each state, counted no further than `countedAtMost`. */
export async function countBoard(shop: Shop, filter: Omit<BoardFilter, "state">): Promise<BoardCounts> {
  const states = await readStates(shop);
  const counts = ([null, ...boardStates] as const).map((state) => {
    const kept = onBoard({ ...filter, state }, states);
    return sql`(SELECT count(*)::int FROM (SELECT FROM orders o WHERE ${kept} LIMIT ${countedAtMost}) t)
      AS ${sql.identifier(state ?? "all")}`;
  });
  const [row] = await shop.db.execute<BoardCounts>(sql`SELECT ${sql.join(counts, sql`, `)}`);
  if (!row) throw new Error("the board was not counted");
  return row;
}
