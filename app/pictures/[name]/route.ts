import { AppError } from "@/lib/http/app-error";
import { jsonRoute } from "@/lib/http/json-route";
import { findProductPicture } from "@/lib/pictures/find-product-picture";
import { shop } from "@/lib/shop";

/** Anybody's browser, and a mini program, shows goods from here. What stands at an address never changes. */
export const GET = jsonRoute<{ params: Promise<{ name: string }> }>(async (request, { params }) => {
  const { name } = await params;
  const picture = await findProductPicture(shop(), name);
  if (!picture) throw new AppError("not_found");
  const etag = `"${name}"`;
  const headers = {
    "cache-control": "public, max-age=31536000, immutable",
    etag,
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  };
  if (request.headers.get("if-none-match")?.includes(etag))
    return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(picture.bytes), {
    headers: {
      ...headers,
      "content-type": picture.contentType,
      "content-length": String(picture.bytes.byteLength),
      "content-disposition": "inline",
    },
  });
});
