import sharp from "sharp";
import type { Shop } from "@/lib/shop";
import { findProductPicture } from "./find-product-picture";
import { sizedName } from "./picture-address";

const sidePx = 300; // WeChat shows a thumbnail; its app and the chats it lands in do not all read WebP.

/** The square JPEG that a shared card shows of a product's picture; null for every other name. */
export async function findCardPicture(shop: Shop, name: string): Promise<Buffer | null> {
  const digest = /^([0-9a-f]{64})\.jpg$/.exec(name)?.[1];
  const picture = digest && (await findProductPicture(shop, sizedName(`${digest}.webp`, 320)));
  if (!picture) return null;
  // Not in the turn of uploads, which strangers could take up: this is a small picture of our own making.
  return sharp(picture.bytes)
    .resize({ width: sidePx, height: sidePx, fit: "cover" })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 80 })
    .toBuffer();
}
