import { type SQL, sql } from "drizzle-orm";
import type { Sql } from "postgres";
import type { Db, Tx } from "@/lib/db/connect";
import type { Shop } from "@/lib/shop";

type Node = Record<string, unknown> & { Plans?: Node[] };
type Plan = { scans: string[]; read: number };

/**
 * The same shop, whose queries are counted; those inside a transaction are also explained: which tables they scan in
 * which way, and how many rows they read for that, kept or not.
 */
export function readPlans(shop: Shop) {
  const seen: Plan[] = [];
  let queries = 0;
  const inside = (tx: Tx): Tx =>
    replaced(tx, "execute", async (query: SQL) => {
      queries++;
      const [row] = await tx.execute<{ "QUERY PLAN": { Plan: Node }[] }>(
        sql`EXPLAIN (ANALYZE, FORMAT JSON) ${query}`,
      );
      const plans = row ? row["QUERY PLAN"].map(({ Plan }) => Plan) : [];
      const scans = plans.flatMap(nodesOf).filter((node) => node["Relation Name"]);
      if (scans.length > 0)
        seen.push({
          scans: scans.map((node) => `${node["Node Type"]} on ${node["Relation Name"]}`),
          read: scans.reduce((sum, node) => sum + readBy(node), 0),
        });
      return tx.execute(query);
    });
  const counted = replaced(shop.db, "execute", (query: SQL) => {
    queries++;
    return shop.db.execute(query);
  });
  const db: Db = replaced(counted, "transaction", (run: (tx: Tx) => Promise<unknown>) =>
    shop.db.transaction((tx) => run(inside(tx))),
  );
  const plain: Sql = new Proxy(shop.sql, {
    apply: (target, self, given) => {
      queries++;
      return Reflect.apply(target, self, given);
    },
  });
  return { shop: { ...shop, db, sql: plain }, seen, queries: () => queries };
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function readBy(node: Node): number {
  const rows = Number(node["Actual Rows"] ?? 0) + Number(node["Rows Removed by Filter"] ?? 0);
  return rows * Number(node["Actual Loops"] ?? 1);
}

function replaced<T extends object>(target: T, name: keyof T, verb: unknown): T {
  return new Proxy(target, {
    get: (it, key) => (key === name ? verb : Reflect.get(it, key)),
  });
}
