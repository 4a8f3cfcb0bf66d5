import { isUtf8 } from "node:buffer";
import { openError } from "@/lib/sandbox/open-api/open-error";

/** The JSON object that a call brings; 47001 for anything else. */
export function readJsonObject(body: Buffer): Record<string, unknown> {
  const value = isUtf8(body) ? parse(body.toString("utf8")) : null;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw openError(47001);
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
