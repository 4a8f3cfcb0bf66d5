import { AppError } from "@/lib/http/app-error";
import { readAtMost, readFormFile } from "@/lib/http/read-form-file";
import { pictureLimitBytes as limitBytes, pictureTypes } from "./picture-limits";

/**
 * The bytes of the picture that a request carries: in the field `picture` of a multipart form, or as its whole body.
 * The body is read no further than the limit. `body_too_large`, `malformed`.
 */
export async function readUpload(request: Request): Promise<Uint8Array> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type.startsWith("image/")) return readAtMost(request, { limitBytes, toldBytes: limitBytes });
  if (type !== "multipart/form-data")
    throw new AppError("malformed", { accepts: ["multipart/form-data", ...pictureTypes] });
  return (await readFormFile(request, { field: "picture", limitBytes })).bytes;
}
