import { AppError } from "./app-error";

export const bodyLimitBytes = 64 * 1024; // Everything that arrives has a limit; WeChat's messages are a few KB.

/**
 * The body's bytes, read no further than one byte over the limit: whoever gets more than `limitBytes` knows
 * that it was too large.
 */
export async function readBody(request: Request, limitBytes = bodyLimitBytes): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  while (size <= limitBytes) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, size);
    chunks.push(value);
    size += value.byteLength;
  }
  reader.releaseLock(); // Not cancelled, which would end Node's request half-way: the server throws the rest away.
  return Buffer.concat(chunks, size).subarray(0, limitBytes + 1);
}

/** The body as JSON, still unknown: parse it with a schema. Text that PostgreSQL cannot hold is malformed. */
export async function readJson(request: Request): Promise<unknown> {
  const body = await readBody(request);
  if (body.byteLength > bodyLimitBytes) throw new AppError("body_too_large", { limitBytes: bodyLimitBytes });
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body), refuseStrangeText);
  } catch {
    throw new AppError("malformed");
  }
}

function refuseStrangeText(key: string, value: unknown): unknown {
  for (const text of [key, value])
    if (typeof text === "string" && (text.includes("\0") || !text.isWellFormed()))
      throw new AppError("malformed");
  return value;
}
