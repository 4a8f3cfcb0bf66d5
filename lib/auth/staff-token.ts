import { decode, encode } from "next-auth/jwt";
import type { Environment } from "@/lib/environment/environment";

/** A working day. Ended earlier by raising the account's `sessionVersion`, which is compared at every request. */
export const sessionLifeS = 12 * 60 * 60;

/** The names and flags that next-auth gives its cookie, so that either of us may set it and read it. */
export function sessionCookie({ siteUrl }: Environment) {
  const secure = siteUrl.startsWith("https:");
  return {
    name: `${secure ? "__Secure-" : ""}next-auth.session-token`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: sessionLifeS },
  } as const;
}

/**
 * What a session says: who, as of which version, and when they last proved who they are, by signing in or by a
 * confirmation. Role and name are read from the row.
 */
export type SessionClaims = { id: number; sessionVersion: number; confirmedAtMs: number };

export function claimsOf({ id, sessionVersion, confirmedAtMs }: SessionClaims) {
  return { sub: String(id), staffId: id, sessionVersion, confirmedAtMs };
}

export function writeToken({ authSecret }: Environment, claims: SessionClaims): Promise<string> {
  return encode({ secret: authSecret, token: claimsOf(claims), maxAge: sessionLifeS });
}

/** Null for anything but a token of ours that has not run out. */
export async function readToken({ authSecret }: Environment, token: string): Promise<SessionClaims | null> {
  try {
    return readClaims(await decode({ secret: authSecret, token }));
  } catch {
    return null; // Another shop's cookie on this host name, an old secret, or somebody's guess.
  }
}

export function readClaims(token: Record<string, unknown> | null): SessionClaims | null {
  const { staffId, sessionVersion, confirmedAtMs } = token ?? {};
  if (typeof staffId !== "number" || typeof sessionVersion !== "number") return null;
  return {
    id: staffId,
    sessionVersion,
    confirmedAtMs: typeof confirmedAtMs === "number" ? confirmedAtMs : 0,
  };
}
