import { appKind } from "@/lib/sandbox/open-api/check-app";
import type { OpenCall } from "@/lib/sandbox/open-api/open-call";
import { openError } from "@/lib/sandbox/open-api/open-error";
import { requireToken } from "@/lib/sandbox/open-api/require-token";
import { issueTicket, latestTicket, ticketLifeMs } from "@/lib/sandbox/open-api/tickets";

/**
 * GET /cgi-bin/ticket/getticket: the same ticket while it lives, and always `expires_in` 7200, as merchants report of
 * WeChat: whoever asks late cannot tell how long it still lives. A mini program has no pages to sign: 48001.
 */
export const pageTicket: OpenCall = (sandbox, { query }) => {
  const appId = requireToken(sandbox, query.access_token);
  if (query.type !== "jsapi") throw openError(40097);
  if (appKind(sandbox, appId) !== "official") throw openError(48001);
  const ticket = latestTicket(sandbox, appId) ?? issueTicket(sandbox, appId);
  return { errcode: 0, errmsg: "ok", ticket, expires_in: ticketLifeMs / 1000 };
};
