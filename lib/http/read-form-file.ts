import { AppError } from "./app-error";
import { readBody } from "./read-body";

const formBytes = 16 * 1024; // What a form writes around its one file, and a few fields beside it.

/** The one file in a field of a multipart form, read no further than its limit. `body_too_large`, `malformed`. */
export async function readFormFile(
  request: Request,
  of: { field: string; limitBytes: number },
): Promise<{ name: string; bytes: Uint8Array }> {
  const body = await readAtMost(request, { limitBytes: of.limitBytes + formBytes, toldBytes: of.limitBytes });
  const [file, ...more] = (await parseForm(request, body)).getAll(of.field);
  if (!(file instanceof File) || more.length > 0)
    throw new AppError("malformed", { errors: [{ path: of.field, code: "required" }] });
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** A body, or `body_too_large` that tells the caller of `toldBytes`. */
export async function readAtMost(
  request: Request,
  { limitBytes, toldBytes }: { limitBytes: number; toldBytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = new AppError("body_too_large", { limitBytes: toldBytes });
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
