import { sql } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import type { Tx } from "@/lib/db/connect";
import type { Shop } from "@/lib/shop";
import { type Certificate, CertificateError, readCertificate } from "@/lib/wechat/certificate";
import { probeCertificate } from "./certificate-trouble";

/** Days before the end at which an alarm is raised, each once: payments go on without a certificate and hide that it ends. */
const warnings = [1, 7, 30] as const;

const dayMs = 86_400_000;

/**
 * Looks at the certificate that refunds are sent with, and raises or resolves its alarms. Without one in the settings
 * there is nothing to look at. The facts say `what` is wrong, until when it holds and a code of what to do; no path.
 */
export async function checkCertificate(shop: Shop): Promise<void> {
  const { certFile, mchId } = shop.environment.wechat;
  if (certFile === null) return;
  const trouble = findTrouble({ certFile, mchId, now: shop.now() });
  await shop.db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('check_certificate', 0))`); // Workers start together.
    if ("what" in trouble) {
      await raiseAlarm(tx, { kind: "certificate_trouble", dedupeKey: troubleKey, facts: trouble });
      return;
    }
    await resolveAlarms(tx, shop.now(), trouble);
    if (trouble.days !== null) await raiseOnce(tx, trouble);
    await probeCertificate(tx, shop.now());
  });
}

const troubleKey = "certificate_trouble:file"; // What WeChat says about it is another matter: it may be right again here and wrong there.

type Trouble = {
  what: "missing" | "unreadable" | "not_yet_valid" | "expired" | "other_merchant";
  validTo: string | null;
  remedy: "check_file" | "wait_or_check_clock" | "renew" | "use_own";
};

type Standing = { days: (typeof warnings)[number] | null; serialNumber: string; validTo: string };

function findTrouble(of: { certFile: string; mchId: string; now: Date }): Trouble | Standing {
  let certificate: Certificate;
  try {
    certificate = readCertificate(of.certFile);
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return { what: error.what, validTo: null, remedy: "check_file" };
  }
  const { merchant, validFrom, serialNumber } = certificate;
  const validTo = certificate.validTo.toISOString();
  const leftMs = certificate.validTo.getTime() - of.now.getTime();
  if (merchant !== null && merchant !== of.mchId)
    return { what: "other_merchant", validTo, remedy: "use_own" };
  if (leftMs <= 0) return { what: "expired", validTo, remedy: "renew" };
  if (validFrom > of.now) return { what: "not_yet_valid", validTo, remedy: "wait_or_check_clock" };
  return { days: warnings.find((days) => leftMs <= days * dayMs) ?? null, serialNumber, validTo };
}

/** The file is in order; and a warning is about one certificate, and over when another takes its place. */
async function resolveAlarms(tx: Tx, now: Date, { days, serialNumber }: Standing): Promise<void> {
  await tx.execute(sql`
    UPDATE alarms SET status = 'resolved', resolved_at = ${now.toISOString()}::timestamptz
      WHERE status <> 'resolved' AND source = 'shop' AND (dedupe_key = ${troubleKey}
        OR dedupe_key LIKE 'certificate_expiring:%' AND (${days === null} OR facts->>'serialNumber' <> ${serialNumber}))`);
}

/** Also when somebody has resolved it meanwhile: the next warning comes nearer to the end. */
async function raiseOnce(tx: Tx, { days, serialNumber, validTo }: Standing): Promise<void> {
  const dedupeKey = `certificate_expiring:${days}`;
  const raised = await tx.execute(sql`
    SELECT 1 FROM alarms WHERE dedupe_key = ${dedupeKey} AND facts->>'serialNumber' = ${serialNumber} LIMIT 1`);
  if (raised.length > 0) return;
  const facts = { what: "expiring", days, validTo, serialNumber, remedy: "renew" };
  await raiseAlarm(tx, { kind: "certificate_expiring", dedupeKey, facts });
}
