/** A merchant's certificate and key as files, made once a test file: the calls that send money back read them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { loadCertificates } from "@/lib/sandbox/identity/certificates";
import { mchId } from "./stand-in";

const folder = mkdtempSync(join(tmpdir(), "zhanggui-identity-"));
afterAll(() => rmSync(folder, { recursive: true }));

export async function clientIdentity(): Promise<{ certFile: string; keyFile: string }> {
  const { files } = await loadCertificates({ folder, mchId });
  return { certFile: files.merchantCertificate, keyFile: files.merchantKey };
}
