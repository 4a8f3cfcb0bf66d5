import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";

/** Whom a connection to WeChat believes: everybody's roots, and a stand-in's when one is set. Undefined means Node's own choice. */
export function trustedRoots(caFile: string | null | undefined): string[] | undefined {
  return caFile ? [...rootCertificates, readFileSync(caFile, "utf8")] : undefined;
}
