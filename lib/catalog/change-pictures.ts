import { and, eq } from "drizzle-orm";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Tx } from "@/lib/db/connect";
import { products } from "@/lib/db/schema/catalog";
import { productPictures } from "@/lib/db/schema/pictures";
import { AppError } from "@/lib/http/app-error";
import { nameIn } from "@/lib/pictures/picture-address";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";

/**
 * Gives a product another row of pictures, made of the one it has with its row locked. Each deed is about one picture, so
 * two people at once do not undo each other, and the product's version stays. False when nothing changes. `not_found`.
 */
export async function changePictures(
  shop: Shop,
  of: { productId: number; by: Person },
  change: (images: string[], tx: Tx) => Promise<string[]> | string[],
): Promise<boolean> {
  return shop.db.transaction(async (tx) => {
    const mine = eq(products.id, of.productId);
    const [product] = await tx
      .select({ images: products.images })
      .from(products)
      .where(mine)
      .for("no key update");
    if (!product) throw new AppError("not_found");
    const images = await change(product.images, tx);
    if (images.join() === product.images.join()) return false;

    await tx.update(products).set({ images }).where(mine);
    const leading = nameIn(images[0] ?? "");
    if (leading)
      await tx
        .update(productPictures)
        .set({ hasLed: true })
        .where(and(eq(productPictures.productId, of.productId), eq(productPictures.pictureName, leading)));
    await writeEntry(tx, {
      ...of.by,
      action: "product.edit",
      subject: "product",
      subjectId: of.productId,
      at: shop.now(),
      before: { images: product.images },
      after: { images },
    });
    return true;
  });
}
