import type { IncomingMessage } from "node:http";

const limitBytes = 64 * 1024;

/** The whole body, or null when it is longer than 64 KB (the rest is not read). */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).byteLength;
    if (length > limitBytes) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
