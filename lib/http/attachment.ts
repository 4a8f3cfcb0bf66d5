/** A file that a browser keeps instead of showing it. */
export function attachment(
  body: BodyInit,
  { name, type, size }: { name: string; type: string; size: number },
): Response {
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-length": String(size),
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
