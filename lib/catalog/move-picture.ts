import { AppError } from "@/lib/http/app-error";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { changePictures } from "./change-pictures";

/** One place earlier or later, or to the front, where buyers see it first. `not_found` when it is not there any more. */
export async function movePicture(
  shop: Shop,
  of: { productId: number; image: string; to: "earlier" | "later" | "first"; by: Person },
): Promise<boolean> {
  return changePictures(shop, of, (images) => {
    const at = images.indexOf(of.image);
    if (at < 0) throw new AppError("not_found");
    const others = images.toSpliced(at, 1);
    const place = of.to === "first" ? 0 : of.to === "earlier" ? Math.max(0, at - 1) : at + 1;
    return others.toSpliced(place, 0, of.image);
  });
}
