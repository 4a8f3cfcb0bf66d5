import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { clientAddress } from "@/lib/http/client-address";
import { log } from "@/lib/http/log";
import { ownPath } from "@/lib/http/own-path";
import type { Shop } from "@/lib/shop";
import { findStaff } from "@/lib/staff/find-staff";
import { finishSignIn } from "@/lib/staff/finish-sign-in";
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
        credentials: { email: { type: "email" }, password: { type: "password" }, code: { type: "text" } },
        authorize: async (credentials, request) => {
          const address = clientAddress(new Headers(request.headers ?? {}), environment.trustedProxies);
          const { email = "", password = "", code = "" } = credentials ?? {};
          const given = { email: String(email), password: String(password), code: String(code), address };
          const outcome = await signInAtOnce(shop, given);
          if (outcome.kind === "signed_in") return { ...outcome.staff, id: String(outcome.staff.id) };
          if (outcome.kind === "refused") return null;
          throw new Error(outcome.kind);
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        if (!user) return token;
        const claims = readClaims({
          ...user,
          staffId: Number(user.id),
          confirmedAtMs: shop.now().getTime(),
        });
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

/** Both factors in one request, for a client that sends them together; without a code it ends in `code_needed`. */
async function signInAtOnce(
  shop: Shop,
  { code, ...given }: { email: string; password: string; code: string; address: string },
) {
  const outcome = await signIn(shop, given);
  if (outcome.kind !== "code_needed" || !code.trim()) return outcome;
  const { id, sessionVersion } = outcome.staff;
  return finishSignIn(shop, { id, sessionVersion, typed: code, address: given.address });
}

const expected = new Set(["JWT_SESSION_ERROR"]); // Another shop's cookie on this host name.

/** Codes only: next-auth's metadata may hold what a person typed. */
const quietLogger: NextAuthOptions["logger"] = {
  error: (code) => log[expected.has(code) ? "debug" : "error"]({ code }, "next-auth"),
  warn: (code) => log.debug({ code }, "next-auth"),
  debug: () => {},
};
