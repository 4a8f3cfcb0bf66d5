import type { IncomingMessage } from "node:http";

export function readCookie(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [key, value] = pair.trim().split("=");
    if (key === name && value) return value;
  }
  return null;
}

const yearSeconds = 365 * 24 * 60 * 60;

/** For choices that are no secret: they are the visitor's alone and mean nothing elsewhere. */
export function writeCookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax; HttpOnly`;
}
