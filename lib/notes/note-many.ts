import { AppError, type ProblemCode } from "@/lib/http/app-error";
import { toAppError } from "@/lib/http/problem";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { addNote } from "./add-note";

const atMost = 100;

/** Why an order did not get the note; null when it has it. */
export type NoteVerdict = { orderNo: string; code: ProblemCode | null };

/**
 * Writes the same note about several orders, each on its own: one that is none does not hold up the others. `malformed`
 * for more than 100; `note_invalid`, which no order would get.
 */
export async function noteMany(
  shop: Shop,
  of: { orderNos: string[]; text: string; by: Person },
): Promise<NoteVerdict[]> {
  if (of.orderNos.length > atMost) throw new AppError("malformed", { limit: atMost });
  const verdicts: NoteVerdict[] = [];
  for (const orderNo of of.orderNos)
    verdicts.push({ orderNo, code: await noteOne(shop, { ...of, orderNo }) });
  return verdicts;
}

async function noteOne(
  shop: Shop,
  of: { orderNo: string; text: string; by: Person },
): Promise<ProblemCode | null> {
  try {
    await addNote(shop, of);
    return null;
  } catch (error) {
    const { code } = toAppError(error); // The verdicts before this one stand and must be told.
    if (code === "note_invalid") throw error;
    return code;
  }
}
