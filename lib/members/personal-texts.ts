import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/connect";
import type { Recipient } from "@/lib/orders/recipient";

/** Shorter than this is no name to look for: it would be found inside other words. */
const leastLength = 2;
/** Of JSON itself: in place of one of them nothing else may stand. */
const jsonWords = ["true", "false", "null"];

const mark = "＊＊";

export type PersonalTexts = {
  openids: string[];
  /** For PostgreSQL's `regexp_replace`; null when nothing is known of the person. */
  pattern: string | null;
  without: (text: string) => string;
};

/**
 * Everything that names a member in our rows, to be found wherever else it was copied to: openids of sign-ins, payments
 * and receipts, and the name, phone and address of every recipient, also of those in the address book, as they stand in
 * JSON and in an address too.
 */
export async function readPersonalTexts(
  tx: Tx,
  of: { memberId: number; orderIds: number[] },
): Promise<PersonalTexts> {
  const ids = sql`ANY(${sql.param(of.orderIds)}::bigint[])`;
  const named = await tx.execute<{ openid: string }>(sql`
    SELECT openid FROM member_identities WHERE member_id = ${of.memberId}
    UNION SELECT unionid FROM member_identities WHERE member_id = ${of.memberId}
    UNION SELECT openid FROM member_sessions WHERE member_id = ${of.memberId}
    UNION SELECT openid FROM payments WHERE order_id = ${ids}
    UNION SELECT openid FROM receipts WHERE order_id = ${ids}`);
  const sentTo = await tx.execute<{ recipient: Pick<Recipient, "name" | "phone" | "address"> }>(sql`
    SELECT recipient FROM orders WHERE id = ${ids} AND recipient IS NOT NULL
    UNION SELECT jsonb_build_object('name', name, 'phone', phone, 'address', address) FROM addresses
      WHERE member_id = ${of.memberId}`);
  const openids = named.flatMap(({ openid }) => openid ?? []);
  const numbers = [...openids, ...sentTo.map(({ recipient }) => recipient.phone)].filter(Boolean);
  const names = sentTo.flatMap(({ recipient: { name, address } }) => [name, address]).filter(isTelling);
  const found = [
    ...[...new Set(numbers)].map((text) => ({ text, pattern: quote(text) })),
    ...[...new Set(names)].flatMap(spelled),
  ];
  // The longest first: an address may contain a name.
  const literals = found.sort((a, b) => b.text.length - a.text.length).map((one) => one.pattern);
  if (literals.length === 0) return { openids, pattern: null, without: (text) => text };
  const pattern = literals.join("|");
  return { openids, pattern, without: (text) => text.replace(new RegExp(pattern, "g"), mark) };
}

/** A name or an address without any letter may as well be an amount, a day or a part of a number. */
function isTelling(text: string): boolean {
  return [...text].length >= leastLength && /\p{L}/u.test(text) && !jsonWords.includes(text);
}

/** As it is, in JSON, and in an address as either way of writing one has it. "an" is no part of "transaction_id". */
function spelled(text: string): { text: string; pattern: string }[] {
  const start = /^\w/.test(text) ? "(?<![0-9A-Za-z_])" : "";
  const end = /\w$/.test(text) ? "(?![0-9A-Za-z_])" : "";
  const inAddress = [encodeURIComponent(text), String(new URLSearchParams([["", text]])).slice(1)];
  return [...new Set([text, JSON.stringify(text).slice(1, -1), ...inAddress])].map((spelling) => ({
    text: spelling,
    pattern: `${start}${quote(spelling)}${end}`,
  }));
}

/** A regular expression that finds the text itself, in JavaScript and in PostgreSQL alike. */
function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
