import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { type Verification, verifyEntries } from "./verify-entries";
import { writeEntry } from "./write-entry";

const patienceMs = 20_000; // About a million entries; who has more goes on from there.

/** Verifies the chain for a person who waits for the answer, and keeps that they did and what was found. */
export async function verifyByPerson(
  shop: Shop,
  of: { from?: number; notedHash: string | null; by: Person },
): Promise<Verification> {
  const found = await verifyEntries(shop, { from: of.from, notedHash: of.notedHash, withinMs: patienceMs });
  const { checked, head, broken, noted } = found;
  await writeEntry(shop.db, {
    ...{ ...of.by, action: "audit.verify", subject: "audit", subjectId: "chain", at: shop.now() },
    after: {
      checked,
      sealNo: broken ? broken.sealNo : (head?.sealNo ?? null),
      hash: head?.hash ?? null,
      broken: broken?.kind ?? null,
      ...(noted && { noted: noted.sealNo }),
    },
  });
  return found;
}
