import { randomBytes, timingSafeEqual } from "node:crypto";
import { html } from "@/lib/sandbox/html";

/** Only a page that was read from this process can post to the console: another origin cannot read it. */
const token = randomBytes(24).toString("base64url");

export const formToken = html`<input type="hidden" name="token" value="${token}">`;

export function hasFormToken(form: URLSearchParams): boolean {
  const given = Buffer.from(form.get("token") ?? "");
  return given.byteLength === token.length && timingSafeEqual(given, Buffer.from(token));
}
