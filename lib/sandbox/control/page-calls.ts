import { z } from "zod";
import type { ControlCall } from "@/lib/sandbox/control/control-call";
import { read } from "@/lib/sandbox/control/control-input";
import { forgetCards, listCards } from "@/lib/sandbox/ledger/share-cards";
import { expireTickets, latestTicket } from "@/lib/sandbox/open-api/tickets";

const List = z.strictObject({ limit: z.int().min(1).max(1000).default(50) });
const Nothing = z.strictObject({});

/** The control calls about pages inside WeChat: the ticket they are signed with, and the cards they asked for. */
export const pageCalls: Record<string, ControlCall> = {
  "page-ticket"(sandbox, given) {
    read(Nothing, given);
    return { ticket: latestTicket(sandbox, sandbox.identity.appId) ?? null };
  },

  /** Pages that were signed with the ticket get "invalid signature"; getticket issues a new one. */
  "expire-ticket"(sandbox, given) {
    read(Nothing, given);
    return { expired: expireTickets(sandbox, sandbox.identity.appId) };
  },

  "forget-cards"(sandbox, given) {
    read(Nothing, given);
    return { forgotten: forgetCards(sandbox.ledger) };
  },

  cards: (sandbox, given) => ({ cards: listCards(sandbox.ledger, read(List, given)) }),
};
