import { AppError } from "@/lib/http/app-error";
import { readBody } from "@/lib/http/read-body";
import { pictureLimitBytes, pictureTypes } from "./picture-limits";

const formBytes = 16 * 1024; // What a form writes around its one file, and a few fields beside it.

/**
 * The bytes of the picture that a request carries: in the field `picture` of a multipart form, or as its whole body.
 * The body is read no further than the limit. `body_too_large`, `malformed`.
 */
export async function readUpload(request: Request): Promise<Uint8Array> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type.startsWith("image/")) return readAtMost(request, pictureLimitBytes);
  if (type !== "multipart/form-data")
    throw new AppError("malformed", { accepts: ["multipart/form-data", ...pictureTypes] });
  const body = await readAtMost(request, pictureLimitBytes + formBytes);
  const [picture, ...more] = (await parseForm(request, body)).getAll("picture");
  if (!(picture instanceof File) || more.length > 0)
    throw new AppError("malformed", { errors: [{ path: "picture", code: "required" }] });
  return new Uint8Array(await picture.arrayBuffer());
}

async function readAtMost(request: Request, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = new AppError("body_too_large", { limitBytes: pictureLimitBytes });
  if (Number(request.headers.get("content-length")) > limitBytes) throw tooLarge; // Before a byte of it is read.
  const body = await readBody(request, limitBytes);
  if (body.byteLength > limitBytes) throw tooLarge;
  return new Uint8Array(body);
}

async function parseForm(request: Request, body: Uint8Array<ArrayBuffer>): Promise<FormData> {
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return await new Response(body, { headers }).formData();
  } catch {
    throw new AppError("malformed");
  }
}
