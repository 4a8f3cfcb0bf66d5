import { X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, expect, test } from "vitest";
import { loadCertificates } from "@/lib/sandbox/identity/certificates";
import { CertificateError, readCertificate } from "@/lib/wechat/certificate";

const folder = mkdtempSync(join(tmpdir(), "zhanggui-certificate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const ofMerchant = (mchId: string) => loadCertificates({ folder: join(folder, mchId), mchId });

test.each(["10000100", "1900000109"])(
  "a merchant's names its mch_id %s and its five years",
  async (mchId) => {
    const { files, merchantCertificate } = await ofMerchant(mchId);

    const certificate = readCertificate(files.merchantCertificate);

    expect(certificate.merchant).toBe(mchId);
    expect(certificate.subject).toContain(`CN=${mchId}`);
    expect(certificate.serialNumber).toBe(new X509Certificate(merchantCertificate).serialNumber);
    const [from, to] = [certificate.validFrom.getTime(), certificate.validTo.getTime()];
    expect(Math.abs(to - from - (5 * 365 + 1) * 86_400_000)).toBeLessThan(60_000);
    expect(from).toBeLessThan(Date.now());
  },
);

test("a certificate of no merchant's is of no merchant", async () => {
  const { files } = await ofMerchant("10000100");
  const names = [files.ca, write("root.pem", rootCertificates[0] ?? "")].map(
    (file) => readCertificate(file).merchant,
  );
  const { files: short } = await ofMerchant("1234567");

  expect(names).toEqual([null, null]);
  expect(readCertificate(short.merchantCertificate).merchant).toBeNull();
});

test("the first of a chain is what is read, as it is what is sent", async () => {
  const { merchantCertificate, ca } = await ofMerchant("10000100");

  expect(readCertificate(write("chain.pem", `${merchantCertificate}${ca}`)).merchant).toBe("10000100");
});

test("what is not there is missing, what is no certificate is unreadable, and neither is repeated", async () => {
  const { files, merchantCertificate } = await ofMerchant("10000100");
  mkdirSync(join(folder, "a-folder"));
  const broken = merchantCertificate.replace(/[A-Za-z]{3}(?=\n)/, "!!!").slice(0, 400);
  const cases: [string, string][] = [
    [join(folder, "none.pem"), "missing"],
    [join(folder, "a-folder"), "missing"],
    [write("empty.pem", ""), "unreadable"],
    [write("note.txt", "topsecret"), "unreadable"],
    [write("broken.pem", broken), "unreadable"],
    [write("der.pem", new X509Certificate(merchantCertificate).raw), "unreadable"],
    [files.merchantKey, "unreadable"],
  ];

  for (const [file, what] of cases) {
    const error = failureOf(() => readCertificate(file));
    expect(error).toBeInstanceOf(CertificateError);
    expect(error).toMatchObject({ what });
    expect(String(error)).not.toMatch(/topsecret|zhanggui-certificate|PRIVATE/);
  }
  expect(readFileSync(files.merchantKey, "utf8")).toContain("PRIVATE KEY");
});

function failureOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
