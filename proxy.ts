import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import type { Environment } from "@/lib/environment/environment";
import { loadEnvironment } from "@/lib/environment/load";
import { contentSecurityPolicy } from "@/lib/http/content-security-policy";

/**
 * Headers for pages, and an early redirect for staff who are not signed in. It is not the guard: every page and
 * action checks rights itself. `/api` never comes through here, and with it none of WeChat's callbacks.
 */
export function proxy(request: NextRequest): NextResponse {
  const { siteUrl, sandbox } = environment();
  if (isDesk(request.nextUrl.pathname) && !hasSession(request)) {
    const signIn = request.nextUrl.clone();
    signIn.pathname = "/sign-in";
    signIn.search = new URLSearchParams({
      returnTo: request.nextUrl.pathname + request.nextUrl.search,
    }).toString();
    return NextResponse.redirect(signIn);
  }

  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    sandboxOrigin: sandbox && new URL(sandbox.webUrl).origin,
    development: process.env.NODE_ENV === "development",
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy); // Next reads the nonce for its own scripts from here.
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("x-frame-options", "DENY");
  response.headers.set("referrer-policy", "strict-origin-when-cross-origin"); // H5 payment needs a referrer.
  response.headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
  if (siteUrl.startsWith("https:")) response.headers.set("strict-transport-security", "max-age=31536000");
  return response;
}

export const config = {
  matcher: ["/((?!api(?:/|$)|_next/|.*\\.(?:svg|png|jpg|jpeg|webp|avif|gif|ico|txt|xml|webmanifest)$).*)"],
};

let known: Environment | undefined;

function environment(): Environment {
  known ??= loadEnvironment();
  return known;
}

function isDesk(path: string): boolean {
  return path === "/dashboard" || path.startsWith("/dashboard/");
}

/** next-auth's cookie, whose name depends on https and which is cut in pieces when it is long. */
function hasSession(request: NextRequest): boolean {
  return request.cookies
    .getAll()
    .some(({ name }) => /^(__Secure-)?next-auth\.session-token(\.\d+)?$/.test(name));
}
