import { createHash } from "node:crypto";
import { pictures, uploads } from "@/lib/db/schema/pictures";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { encodePicture } from "./encode-picture";
import { pictureLimitBytes } from "./picture-limits";

/**
 * Keeps a picture that a member sends, re-encoded, for the member to attach to a request within 24 hours.
 * The name is made of the content, so the same picture again is the same row. `body_too_large`, `picture_invalid`.
 */
export async function storePicture(
  shop: Shop,
  of: { memberId: number; bytes: Uint8Array },
): Promise<{ name: string }> {
  if (of.bytes.byteLength > pictureLimitBytes)
    throw new AppError("body_too_large", { limitBytes: pictureLimitBytes });
  const encoded = await encodePicture(of.bytes);
  const name = `${createHash("sha256").update(encoded).digest("hex")}.webp`;
  const at = { createdAt: shop.now() };
  await shop.db.transaction(async (tx) => {
    // Written anew and not left alone: so it waits for a clean-up that is just deleting the row, and makes it young.
    await tx
      .insert(pictures)
      .values({ name, contentType: "image/webp", bytes: encoded, ...at })
      .onConflictDoUpdate({ target: pictures.name, set: at });
    await tx
      .insert(uploads)
      .values({ memberId: of.memberId, pictureName: name, ...at })
      .onConflictDoUpdate({ target: [uploads.memberId, uploads.pictureName], set: at });
  });
  return { name };
}
