import { createHash } from "node:crypto";
import { strToU8, type Zippable, zipSync } from "fflate";
import { writeEntry } from "@/lib/audit/write-entry";
import { AppError } from "@/lib/http/app-error";
import type { Locale } from "@/lib/http/locale";
import { findOrderForDesk } from "@/lib/orders/find-order-for-desk";
import { revealRecipient } from "@/lib/orders/reveal-recipient";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import type { Person } from "@/lib/staff/person";
import { type EventTexts, evidenceWords } from "./evidence-words";
import { indexFacts } from "./index-facts";
import { readEvidence } from "./read-evidence";
import { type EvidenceFile, writeFiles } from "./write-files";
import { type IndexedFile, indexPage } from "./write-pages";

type Asked = {
  orderNo: string;
  by: Person & { name: string };
  locale: Locale;
  /** With the recipient in full; the caller has checked the right. */
  isRevealed: boolean;
  events: EventTexts;
};

/**
 * An order's whole record as a ZIP for who answers a complaint or the tax office: tables, a readable time line, the
 * notifications as received with secrets masked as on the desk, and an index with the SHA-256 of each file. Small:
 * every kind of row has a limit, which the index tells. The audit entry holds the hash of what was handed out, so that
 * a copy can be told from a changed one. `not_found`.
 */
export async function makeEvidence(shop: Shop, of: Asked): Promise<{ fileName: string; bytes: Uint8Array }> {
  const { orderNo, by, isRevealed } = of;
  const order = await findOrderForDesk(shop, orderNo);
  if (!order) throw new AppError("not_found");
  const recipient = isRevealed ? await revealRecipient(shop, { orderNo, ...personOf(by) }) : order.recipient;
  const evidence = await readEvidence(shop, { ...order, recipient });
  const { shopName, timeZone } = await readSettings(shop.db);
  const words = evidenceWords(of.locale, timeZone, of.events);
  const now = shop.now();

  const files = writeFiles(evidence, words, now);
  const title = words.texts.title.replace("{orderNo}", orderNo);
  const merchant = { shopName, timeZone, mchId: shop.environment.wechat.mchId };
  const facts = indexFacts(evidence, words, { ...of, ...merchant, now });
  const index = strToU8(indexPage(facts, files.map(indexed), { title, words }));
  const all = [{ path: "index.html", what: title, bytes: index }, ...files];
  const sums = strToU8(all.map(({ path, bytes }) => `${sha256(bytes)}  ${path}\n`).join(""));

  const bytes = zip([...all, { path: "SHA256SUMS.txt", what: words.texts.files.sums, bytes: sums }], {
    folder: `evidence-${orderNo}`,
    now,
  });
  await writeEntry(shop.db, {
    ...personOf(by),
    action: "order.evidence",
    subject: "order",
    subjectId: order.id,
    orderId: order.id,
    at: now,
    after: { sha256: sha256(bytes), isRevealed },
  });
  return { fileName: `evidence-${orderNo}.zip`, bytes };
}

function zip(files: EvidenceFile[], { folder, now }: { folder: string; now: Date }): Uint8Array {
  const entries: Zippable = {};
  for (const { path, bytes } of files) entries[`${folder}/${path}`] = bytes;
  return zipSync(entries, { level: 6, mtime: now });
}

function indexed({ path, what, bytes }: EvidenceFile): IndexedFile {
  return { path, what, bytes: bytes.byteLength, sha256: sha256(bytes) };
}

function personOf({ staffId, address }: Person): Person {
  return { staffId, address };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
