import { z } from "zod";
import { checkApp } from "@/lib/sandbox/open-api/check-app";
import type { OpenCall } from "@/lib/sandbox/open-api/open-call";
import { openError } from "@/lib/sandbox/open-api/open-error";
import { readJsonObject } from "@/lib/sandbox/open-api/read-json";
import {
  countToday,
  endTokens,
  issueToken,
  latestToken,
  overlapMs,
  type Token,
} from "@/lib/sandbox/open-api/tokens";
import type { Sandbox } from "@/lib/sandbox/sandbox";

const classicPerDay = 2_000;
const forcedPerDay = 20;
const forcedGapMs = 30_000;

const StableTokenRequest = z.object({
  grant_type: z.string().optional(),
  appid: z.string().optional(),
  secret: z.string().optional(),
  force_refresh: z.boolean().optional(),
});

/**
 * POST /cgi-bin/stable_token: the same token until its last five minutes, then a new one beside the old.
 * Forcing a new one ends the old at once, twenty times a day and thirty seconds apart.
 */
export const stableToken: OpenCall = (sandbox, { method, body }) => {
  if (method !== "POST") throw openError(43002);
  const request = readRequest(body);
  if (request.grant_type !== "client_credential") throw openError(40002);
  const { appId } = checkApp(sandbox, request);
  const of = { appId, purpose: "stable" } as const;
  const now = sandbox.clock.now();
  if (request.force_refresh) {
    const forced = countToday(sandbox, { ...of, forced: true });
    if (forced.count >= forcedPerDay) throw openError(45009);
    if (forced.lastAt + forcedGapMs > now) throw openError(45011);
    endTokens(sandbox, { ...of, at: now });
    return answer(sandbox, issueToken(sandbox, { ...of, forced: true }));
  }
  const latest = latestToken(sandbox, of);
  const lives = latest !== undefined && latest.expiresAt - now > overlapMs;
  return answer(sandbox, lives ? latest : issueToken(sandbox, { ...of, forced: false }));
};

/** GET /cgi-bin/token: a new token with every call, which ends the one before after five minutes. */
export const classicToken: OpenCall = (sandbox, { query }) => {
  if (query.grant_type !== "client_credential") throw openError(40002);
  const { appId } = checkApp(sandbox, { appid: query.appid, secret: query.secret });
  const of = { appId, purpose: "classic" } as const;
  if (countToday(sandbox, { ...of, forced: false }).count >= classicPerDay) throw openError(45009);
  endTokens(sandbox, { ...of, at: sandbox.clock.now() + overlapMs });
  return answer(sandbox, issueToken(sandbox, { ...of, forced: false }));
};

function answer(sandbox: Sandbox, token: Token) {
  const expiresIn = Math.ceil((token.expiresAt - sandbox.clock.now()) / 1000);
  return { access_token: token.token, expires_in: expiresIn };
}

function readRequest(body: Buffer): z.infer<typeof StableTokenRequest> {
  const reading = StableTokenRequest.safeParse(readJsonObject(body));
  if (!reading.success) throw openError(47001);
  return reading.data;
}
