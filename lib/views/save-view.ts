import { and, count, eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { staff } from "@/lib/db/schema/staff";
import { savedViews } from "@/lib/db/schema/views";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";

const mostViews = 50;
const longestName = 30;
const longestQuery = 2000;

type Wished = { name: string; query: string; isShared: boolean };

/**
 * Keeps a list's address under a name of one's own. A name that one has already is only written over when `replaces` says
 * so, else the answer is "exists" and nothing changed. `view_invalid`.
 */
export async function saveView(
  shop: Shop,
  of: Wished & { replaces: boolean; by: Person },
): Promise<"saved" | "replaced" | "unchanged" | "exists"> {
  const wished = readView(of);
  return shop.db.transaction(async (tx) => {
    // One save of a person's at a time: the limit is counted, and the name may be new.
    await tx.select({ id: staff.id }).from(staff).where(eq(staff.id, of.by.staffId)).for("no key update");
    const [held] = await tx
      .select()
      .from(savedViews)
      .where(and(eq(savedViews.staffId, of.by.staffId), eq(savedViews.name, wished.name)));
    if (held?.query === wished.query && held.isShared === wished.isShared) return "unchanged";
    if (held && !of.replaces) return "exists";
    const id = held ? await replace(tx, held.id, wished) : await insert(tx, of.by.staffId, wished);
    await writeEntry(tx, {
      ...of.by,
      action: "view.save",
      subject: "view",
      subjectId: id,
      at: shop.now(),
      before: held && factsOf(held),
      after: factsOf(wished),
    });
    return held ? "replaced" : "saved";
  });
}

function readView({ name, query, isShared }: Wished): Wished {
  const text = name
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .normalize("NFC");
  if (text === "" || [...text].length > longestName || query.length > longestQuery)
    throw new AppError("view_invalid");
  return { name: text, query, isShared };
}

async function insert(tx: Tx, staffId: number, wished: Wished): Promise<number> {
  const [held] = await tx.select({ views: count() }).from(savedViews).where(eq(savedViews.staffId, staffId));
  if (held && held.views >= mostViews) throw new AppError("view_invalid", { limit: mostViews });
  const [row] = await tx
    .insert(savedViews)
    .values({ staffId, ...wished })
    .returning({ id: savedViews.id });
  if (!row) throw new Error("a view was not inserted");
  return row.id;
}

async function replace(tx: Tx, id: number, { query, isShared }: Wished): Promise<number> {
  await tx.update(savedViews).set({ query, isShared }).where(eq(savedViews.id, id));
  return id;
}

/** By which filters, not for what: a search may be a buyer's name. */
function factsOf({ query, isShared }: Omit<Wished, "name">) {
  return { filters: [...new Set(new URLSearchParams(query).keys())], isShared };
}
