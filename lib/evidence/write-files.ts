import { strToU8 } from "fflate";
import type { EvidenceWords } from "./evidence-words";
import type { Evidence, KeptNotification } from "./read-evidence";
import { signatureVerdict } from "./signature-verdict";
import { timelinePage } from "./write-pages";
import { notificationFile, writeTables } from "./write-tables";

export type EvidenceFile = { path: string; what: string; bytes: Uint8Array };

/** Everything in an evidence file but its index: for people, for a spreadsheet, for programs, and as received. */
export function writeFiles(evidence: Evidence, words: EvidenceWords, madeAt: Date): EvidenceFile[] {
  const { files } = words.texts;
  return [
    { path: "timeline.html", what: files.timeline_html, bytes: strToU8(timelinePage(evidence, words)) },
    ...writeTables(evidence, words).map(({ name, csv }) => ({
      path: name.replace("_", "."),
      what: files[name],
      bytes: strToU8(csv),
    })),
    { path: "evidence.json", what: files.evidence_json, bytes: strToU8(writeJson(evidence, madeAt)) },
    ...evidence.notifications.map((one) => ({
      path: notificationFile(one),
      what: files.notification.replace("{id}", String(one.id)),
      bytes: strToU8(rawText(one, words)),
    })),
  ];
}

/** The codes that the rows keep, which need no language. */
function writeJson(evidence: Evidence, madeAt: Date): string {
  const { order, notifications: _, cut, ...rest } = evidence;
  const { identities: __, member: ___, ...ownOrder } = order; // Who the buyer is beyond this order is not its evidence.
  return `${JSON.stringify({ madeAt, order: ownOrder, ...rest, newestOnly: cut }, null, 2)}\n`;
}

/** One message: what became of it, its headers, an empty line, and the bytes as the desk shows them. */
function rawText(one: KeptNotification, { texts, time, term }: EvidenceWords): string {
  const { columns } = texts;
  const verdict = signatureVerdict({ kind: one.of, verdict: one.verdict });
  const facts: [string, string][] = [
    [columns.at, `${time(one.at)} (${one.at.toISOString()})`],
    [columns.kind, term("notificationKind", one.of)],
    [columns.verdict, `${term("notificationVerdict", one.verdict)} (${one.verdict})`],
    [columns.signature, texts.signature[verdict]],
    [columns.answer, one.answer],
    [columns.reason, one.reason ?? ""],
    [columns.copies, String(one.copies)],
  ];
  const lines = facts.map(([name, value]) => `# ${name}: ${value}`);
  const headers = Object.entries(one.headers).map(([name, value]) => `${name}: ${value}`);
  return `${[...lines, "", ...headers, "", one.raw.text].join("\n")}${one.raw.truncated ? "\n…" : ""}\n`;
}
