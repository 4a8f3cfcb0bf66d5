import { type Environment, parseEnvironment } from "@/lib/environment/environment";
import { readPrepared, type SandboxMerchant } from "@/lib/environment/prepared";

/**
 * The settings before anything is prepared: throws for what a person must put right, and holds stand-ins for
 * what the database, the sandbox and the data folder will give.
 */
export function checkSettings(input: {
  variables: Record<string, string | undefined>;
  dataDir: string;
}): Environment {
  const found = readPrepared(input.dataDir);
  const pending = "pending".padEnd(44, ".");
  return parseEnvironment({
    ...input,
    prepared: {
      databaseUrl: found.databaseUrl ?? "postgres://127.0.0.1/pending",
      secrets: found.secrets ?? { authSecret: pending, dataKey: pending },
      merchant: found.merchant ?? pendingMerchant,
    },
  });
}

const pendingUrl = "http://127.0.0.1";

const pendingMerchant: SandboxMerchant = {
  mchId: "",
  appId: "",
  appSecret: "",
  miniAppId: "",
  miniAppSecret: "",
  apiKey: "",
  signType: "HMAC-SHA256",
  appKey: "pending",
  certFile: "",
  keyFile: "",
  caFile: "",
  payUrl: pendingUrl,
  apiUrl: pendingUrl,
  openUrl: pendingUrl,
  webUrl: pendingUrl,
  pushToken: "",
  encodingAesKey: "",
};
