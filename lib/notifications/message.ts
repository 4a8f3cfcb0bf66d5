import { clientAddress } from "@/lib/http/client-address";
import { readBody } from "@/lib/http/read-body";

/** A message as it came in: raw bytes, because signatures are over bytes. A body over 64 KB ends one byte after that. */
export type Message = {
  body: Uint8Array;
  headers: Record<string, string>;
  address: string;
  /** Of one that is judged once more: the key it was stored under, whatever makes keys now. */
  dedupeKey?: string;
};

const keptHeaders = ["content-type", "content-length", "user-agent", "host"];

/** Reads a callback's body, bounded, whatever its content type. The query string is not part of a message. */
export async function readMessage(request: Request, trustedProxies: readonly string[]): Promise<Message> {
  const headers: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = request.headers.get(name);
    if (value) headers[name] = value.slice(0, 200);
  }
  return { body: await readBody(request), headers, address: clientAddress(request.headers, trustedProxies) };
}
