import { uploads } from "@/lib/db/schema/pictures";
import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import { encodePicture } from "./encode-picture";
import { keepPicture } from "./keep-picture";
import { pictureLimitBytes } from "./picture-limits";
import { pictureName } from "./picture-name";

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
  const name = pictureName(encoded);
  const at = { createdAt: shop.now() };
  await shop.db.transaction(async (tx) => {
    await keepPicture(tx, { name, bytes: encoded, at: at.createdAt });
    await tx
      .insert(uploads)
      .values({ memberId: of.memberId, pictureName: name, ...at })
      .onConflictDoUpdate({ target: [uploads.memberId, uploads.pictureName], set: at });
  });
  return { name };
}
