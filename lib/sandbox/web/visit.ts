import type { IncomingMessage } from "node:http";
import { buyerId, firstBuyer } from "@/lib/sandbox/identity/buyers";
import { readFact } from "@/lib/sandbox/ledger/facts";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { readCookie } from "@/lib/sandbox/web/cookies";
import { type Language, languageOf } from "@/lib/sandbox/web/language";

/** One request of a person's, with what the pages need to know about it. */
export type Visit = {
  request: IncomingMessage;
  url: URL;
  language: Language;
  /** Who pays and signs in, in this browser. */
  buyer: string;
  /** The fields of a posted form; empty otherwise. */
  form: URLSearchParams;
};

export const buyerCookie = "sandbox_buyer";

export function visitOf(sandbox: Sandbox, request: IncomingMessage, url: URL, form: URLSearchParams): Visit {
  return { request, url, language: languageOf(request, url), buyer: buyerOf(sandbox, request), form };
}

function buyerOf(sandbox: Sandbox, request: IncomingMessage): string {
  const chosen = readCookie(request, buyerCookie) ?? readFact(sandbox.ledger, "buyer");
  return chosen && buyerId.test(chosen) ? chosen : firstBuyer;
}
