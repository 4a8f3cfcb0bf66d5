import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { findSecrets, type Secrets } from "@/lib/environment/secrets";

/** What the sandbox gives the app: a whole merchant, in the shapes of the settings. */
const SandboxMerchant = z.object({
  mchId: z.string(),
  appId: z.string(),
  appSecret: z.string(),
  miniAppId: z.string(),
  miniAppSecret: z.string(),
  apiKey: z.string(),
  signType: z.enum(["MD5", "HMAC-SHA256"]),
  appKey: z.string(),
  certFile: z.string(),
  keyFile: z.string(),
  caFile: z.string(),
  payUrl: z.url(),
  apiUrl: z.url(),
  openUrl: z.url(),
  webUrl: z.url(),
  pushToken: z.string(),
  encodingAesKey: z.string(),
});
export type SandboxMerchant = z.infer<typeof SandboxMerchant>;

/** What stands in the data folder for the settings that were left out. */
export type Prepared = {
  databaseUrl: string | null;
  secrets: Secrets | null;
  merchant: SandboxMerchant | null;
};

export function readPrepared(dataDir: string): Prepared {
  return {
    databaseUrl: readJson(join(dataDir, "pg.json"), z.object({ url: z.string() }))?.url ?? null,
    secrets: findSecrets(dataDir),
    merchant: readJson(join(dataDir, "sandbox", "merchant.json"), SandboxMerchant),
  };
}

function readJson<T>(path: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null; // Not written yet, or half-way through being written: either way it is not there.
  }
}
