import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import { productPictures } from "@/lib/db/schema/pictures";
import { nameIn, namesOf } from "@/lib/pictures/picture-address";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changePictures } from "./change-pictures";
import { isProductUsed } from "./product-use";

/** Takes a picture off a product; its rows go later, with the uploads that nobody shows. False: it was not there. */
export async function removePicture(
  shop: Shop,
  of: { productId: number; image: string; by: Person },
): Promise<boolean> {
  return changePictures(shop, of, async (images, tx) => {
    if (!images.includes(of.image)) return images;
    await untie(tx, of);
    return images.filter((image) => image !== of.image);
  });
}

/** One that has stood first may be what lines of orders show: those stay as they are, and so does the picture. */
async function untie(tx: Tx, { productId, image }: { productId: number; image: string }): Promise<void> {
  const name = nameIn(image);
  if (!name) return;
  const mine = and(
    eq(productPictures.productId, productId),
    inArray(productPictures.pictureName, namesOf(name)),
  );
  const isUsed = await isProductUsed(tx, productId);
  const [led] = await tx
    .select({ name: productPictures.pictureName })
    .from(productPictures)
    .where(and(mine, eq(productPictures.hasLed, true)));
  if (led && isUsed) return;
  await tx.delete(productPictures).where(mine);
}
