import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCaFile, readCertificate } from "@/lib/environment/pem-files";
import { readVariables } from "@/lib/environment/variables";

let folder: string;
const files = { cert: "", key: "", text: "" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "zhanggui-pem-"));
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  files.cert = write("cert.pem", rootCertificates[0] ?? "");
  files.key = write("key.pem", privateKey.export({ type: "pkcs8", format: "pem" }));
  files.text = write("note.txt", "no certificate");
});

afterAll(() => rm(folder, { recursive: true }));

function write(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

test("a key that is not the certificate's is refused", () => {
  const from = readVariables({ WECHAT_CERT_FILE: files.cert, WECHAT_KEY_FILE: files.key });

  readCertificate(from);

  expect(from.problems).toEqual(["WECHAT_KEY_FILE is not the key of the certificate in WECHAT_CERT_FILE"]);
});

test("a certificate without its key is refused", () => {
  const from = readVariables({ WECHAT_CERT_FILE: files.cert });

  readCertificate(from);

  expect(from.problems).toEqual(["WECHAT_KEY_FILE is missing: it goes with WECHAT_CERT_FILE"]);
});

test("a file that holds no PEM is refused, and its text is not repeated", () => {
  const from = readVariables({ WECHAT_CA_FILE: files.text });

  expect(readCaFile(from)).toBeNull();
  expect(from.problems[0]).toMatch(/^WECHAT_CA_FILE .*PEM/);
  expect(from.problems[0]).not.toContain("no certificate");
});

test("a readable trust anchor is taken", () => {
  const from = readVariables({ WECHAT_CA_FILE: files.cert });

  expect(readCaFile(from)).toBe(files.cert);
  expect(from.problems).toEqual([]);
});
