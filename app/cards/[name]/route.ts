import { AppError } from "@/lib/http/app-error";
import { jsonRoute } from "@/lib/http/json-route";
import { findCardPicture } from "@/lib/pictures/find-card-picture";
import { shop } from "@/lib/shop";

/** WeChat's app and its servers fetch the picture of a shared card here. What stands at an address never changes. */
export const GET = jsonRoute<{ params: Promise<{ name: string }> }>(async (_, { params }) => {
  const bytes = await findCardPicture(shop(), (await params).name);
  if (!bytes) throw new AppError("not_found");
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "image/jpeg",
      "content-length": String(bytes.byteLength),
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
});
