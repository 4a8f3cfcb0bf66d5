import type { Tx } from "@/lib/db/connect";
import { pictures } from "@/lib/db/schema/pictures";

/**
 * Keeps a picture of ours under the name of its content. Written anew and not left alone: so it waits for a clean-up
 * that is just deleting the row, and makes it young.
 */
export async function keepPicture(tx: Tx, of: { name: string; bytes: Buffer; at: Date }): Promise<void> {
  await tx
    .insert(pictures)
    .values({ name: of.name, contentType: "image/webp", bytes: of.bytes, createdAt: of.at })
    .onConflictDoUpdate({ target: pictures.name, set: { createdAt: of.at } });
}
