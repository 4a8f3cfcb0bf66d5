import { productPictures } from "@/lib/db/schema/pictures";
import { AppError } from "@/lib/http/app-error";
import { encodePicture } from "@/lib/pictures/encode-picture";
import { encodeSizes } from "@/lib/pictures/encode-sizes";
import { keepPicture } from "@/lib/pictures/keep-picture";
import { pictureAddress } from "@/lib/pictures/picture-address";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changePictures } from "./change-pictures";
import { productLimits } from "./product-limits";

/**
 * Shows a picture of a product, behind those it has, re-encoded and in each size. The same again changes nothing.
 * `picture_invalid`, `not_found`, `product_invalid` when it has as many as it may.
 */
export async function addPicture(
  shop: Shop,
  of: { productId: number; bytes: Uint8Array; by: Person },
): Promise<{ image: string }> {
  const sizes = await encodeSizes(await encodePicture(of.bytes));
  const image = pictureAddress(sizes[0]?.name ?? "");
  await changePictures(shop, of, async (images, tx) => {
    if (images.includes(image)) return images;
    if (images.length >= productLimits.pictures)
      throw new AppError("product_invalid", { errors: [{ path: "pictures", code: "productPictures" }] });
    for (const { name, bytes } of sizes) {
      await keepPicture(tx, { name, bytes, at: shop.now() });
      await tx
        .insert(productPictures)
        .values({ productId: of.productId, pictureName: name })
        .onConflictDoNothing();
    }
    return [...images, image];
  });
  return { image };
}
