import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { clientAddress } from "@/lib/http/client-address";
import { log } from "@/lib/http/log";
import { ownPath } from "@/lib/http/own-path";
import type { Shop } from "@/lib/shop";
import { findStaff } from "@/lib/staff/find-staff";
import { signIn } from "@/lib/staff/sign-in";
import { claimsOf, readClaims, sessionLifeS } from "./staff-token";

/** next-auth over our own verbs: it carries the session, `lib/staff` decides. */
export function staffOptions(shop: Shop): NextAuthOptions {
  const { environment } = shop;
  return {
    secret: environment.authSecret,
    useSecureCookies: environment.siteUrl.startsWith("https:"),
    session: { strategy: "jwt", maxAge: sessionLifeS },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    logger: quietLogger,
    providers: [
      CredentialsProvider({
        name: "Zhanggui",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (credentials, request) => {
          const address = clientAddress(new Headers(request.headers ?? {}), environment.trustedProxies);
          const { email = "", password = "" } = credentials ?? {};
          const outcome = await signIn(shop, { email: String(email), password: String(password), address });
          if (outcome.kind === "locked") throw new Error("locked");
          return outcome.kind === "signed_in" ? { ...outcome.staff, id: String(outcome.staff.id) } : null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        if (!user) return token;
        const claims = readClaims({ staffId: Number(user.id), ...user });
        return claims ? claimsOf(claims) : {};
      },
      session: async ({ session, token }) => {
        const claims = readClaims(token);
        const staff = claims && (await findStaff(shop.db, claims));
        const { expires } = session;
        return staff ? { expires, user: { name: staff.name, email: staff.email } } : { expires };
      },
      redirect: ({ url, baseUrl }) => {
        const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
        return baseUrl + (ownPath(path, baseUrl) ?? "/dashboard");
      },
    },
  };
}

const expected = new Set(["JWT_SESSION_ERROR"]); // Another shop's cookie on this host name.

/** Codes only: next-auth's metadata may hold what a person typed. */
const quietLogger: NextAuthOptions["logger"] = {
  error: (code) => log[expected.has(code) ? "debug" : "error"]({ code }, "next-auth"),
  warn: (code) => log.debug({ code }, "next-auth"),
  debug: () => {},
};
