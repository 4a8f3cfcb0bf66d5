import { sql } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import { addJob } from "@/lib/db/add-job";
import type { Tx } from "@/lib/db/connect";
import { codes, virtualContents } from "@/lib/db/schema/deliveries";
import { fingerprint, seal, sealPrefix } from "@/lib/db/seal";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { holdContent } from "./hold-content";
import { isStorable, longestContent } from "./virtual-content";

export const mostCodes = 10_000; // A call: what one form holds, and one transaction inserts within a second or two.

/** How many went in, and the lines (from 1) that did not: the same as one above, or as one that the stock has had. */
export type AddedCodes = { added: number; repeated: number[]; known: number[] };

/**
 * Adds codes to a variant's stock, one a line; each is sealed and told again by its fingerprint, also after it was
 * given. Paid orders that wait for codes get theirs, oldest first. Codes under an earlier DATA_KEY cannot be compared: then
 * a person says that none of these was ever in stock (`areNew`). `not_found`, `content_invalid`, `codes_not_comparable`.
 */
export async function addCodes(
  shop: Shop,
  of: { sku: string; text: string; by: Person; areNew?: true },
): Promise<AddedCodes> {
  const { dataKey } = shop.environment;
  const { lines, repeated } = readLines(of.text);
  return shop.db.transaction(async (tx) => {
    const variant = await holdContent(tx, of.sku);
    if (!of.areNew) await refuseUncomparable(tx, { variantId: variant.id, dataKey });
    const added = new Set<string>();
    const rows = lines.map(({ code }) => ({
      variantId: variant.id,
      sealed: seal(code, dataKey),
      fingerprint: fingerprint(code, dataKey),
    }));
    for (let from = 0; from < rows.length; from += batch) {
      const inserted = await tx
        .insert(codes)
        .values(rows.slice(from, from + batch))
        .onConflictDoNothing({ target: [codes.variantId, codes.fingerprint] })
        .returning({ fingerprint: codes.fingerprint });
      for (const row of inserted) added.add(row.fingerprint);
    }
    const known = lines.filter((_, n) => !added.has(rows[n]?.fingerprint ?? "")).map(({ lineNo }) => lineNo);
    await tx
      .insert(virtualContents)
      .values({ variantId: variant.id, kind: "codes", updatedAt: shop.now() })
      .onConflictDoNothing(); // A text or link stays what is delivered until a person says otherwise.
    await writeEntry(tx, {
      ...of.by,
      action: "variant.add_codes",
      subject: "variant",
      subjectId: variant.id,
      at: shop.now(),
      after: { sku: variant.sku, added: added.size, repeated: repeated.length, known: known.length },
    });
    await addJob(tx, {
      task: "deliver_waiting",
      payload: { variantId: variant.id },
      key: `deliver_waiting:${variant.id}`,
    });
    return { added: added.size, repeated, known };
  });
}

const batch = 1000; // Three parameters a row; PostgreSQL takes 65,535.

/** The same code under another key has another fingerprint, and would be given a second time. */
async function refuseUncomparable(tx: Tx, of: { variantId: number; dataKey: string }): Promise<void> {
  const count = await tx.$count(
    codes,
    sql`${codes.variantId} = ${of.variantId} AND NOT starts_with(${codes.sealed}, ${sealPrefix(of.dataKey)})`,
  );
  if (count > 0) throw new AppError("codes_not_comparable", { count });
}

/** Every line with something on it, once. */
function readLines(text: string): { lines: { code: string; lineNo: number }[]; repeated: number[] } {
  const lines = new Map<string, number>();
  const repeated: number[] = [];
  for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
    const code = line.trim();
    if (!code) continue;
    if (code.length > longestContent || !isStorable(code))
      throw new AppError("content_invalid", { line: at + 1 });
    if (lines.has(code)) repeated.push(at + 1);
    else lines.set(code, at + 1);
  }
  if (lines.size === 0 || lines.size + repeated.length > mostCodes) throw new AppError("content_invalid");
  return { lines: [...lines].map(([code, lineNo]) => ({ code, lineNo })), repeated };
}
