import { EnvironmentError } from "@/lib/environment/environment-error";
import { readAuthSecret, readDataKey } from "@/lib/environment/own-secrets";
import { type Prepared, readPrepared } from "@/lib/environment/prepared";
import { readTrustedProxies } from "@/lib/environment/trusted-proxies";
import { readDatabaseUrl, readSiteUrl } from "@/lib/environment/urls";
import { readVariables, type Variables } from "@/lib/environment/variables";
import { isPlaceholder } from "@/lib/environment/weak-secret";
import { readMerchant, readSandboxMerchant } from "@/lib/environment/wechat";

/** The settings, parsed once at start. URLs have no trailing slash. */
export type Environment = {
  port: number;
  siteUrl: string;
  databaseUrl: string;
  /** For LISTEN, the worker and migrations; the same unless a pooler stands before the database. */
  directDatabaseUrl: string;
  pooled: boolean;
  authSecret: string;
  /** 32 bytes, base64. */
  dataKey: string;
  wechat: {
    mchId: string;
    appId: string;
    appSecret: string;
    mini: { appId: string; appSecret: string } | null;
    apiKey: string;
    signType: "MD5" | "HMAC-SHA256";
    certFile: string | null;
    keyFile: string | null;
    appKey: string | null;
    deliveryReport: "delivernotify" | "shipping-info" | "off";
    payUrl: string;
    apiUrl: string;
    openUrl: string;
    caFile: string | null;
    push: { token: string; encodingAesKey: string | null } | null;
  };
  /** Null as soon as WECHAT_MCH_ID is set. */
  sandbox: { webUrl: string } | null;
  metricsToken: string | null;
  trustedProxies: string[];
};

/**
 * Reads the settings and, for what they leave out, what `npm start` prepared in the data folder.
 * Throws one EnvironmentError that lists everything missing or malformed.
 */
export function parseEnvironment(input: {
  variables: Record<string, string | undefined>;
  dataDir: string;
  prepared?: Prepared;
}): Environment {
  const from = readVariables(input.variables);
  const prepared = input.prepared ?? readPrepared(input.dataDir);
  const real = from.find("WECHAT_MCH_ID") !== null;
  const port = readPort(from);
  const environment = {
    port,
    siteUrl: readSiteUrl(from, { port, real }),
    ...readDatabase(from, prepared),
    authSecret: readAuthSecret(from, { real, prepared }),
    dataKey: readDataKey(from, { real, prepared }),
    ...(real ? { wechat: readMerchant(from), sandbox: null } : readSandbox(from, prepared)),
    metricsToken: from.find("METRICS_TOKEN"),
    trustedProxies: readTrustedProxies(from),
  };
  if (real && isPlaceholder(from.find("METRICS_TOKEN") ?? ""))
    from.refuse("METRICS_TOKEN", "is a placeholder");
  if (from.problems.length > 0) throw new EnvironmentError(from.problems);
  return environment as Environment;
}

function readPort(from: Variables): number {
  const text = from.find("PORT") ?? "3000";
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) from.refuse("PORT", "must be a number from 1 to 65535");
  return port;
}

function readDatabase(from: Variables, prepared: Prepared) {
  const given = readDatabaseUrl(from, "DATABASE_URL");
  const direct = readDatabaseUrl(from, "DIRECT_DATABASE_URL");
  if (direct && !given) from.refuse("DATABASE_URL", "is missing: it goes with DIRECT_DATABASE_URL");
  const databaseUrl = given ?? prepared.databaseUrl ?? "";
  if (databaseUrl === "")
    from.refuse("DATABASE_URL", "is missing, and no embedded database runs here: use `npm start`");
  return { databaseUrl, directDatabaseUrl: direct ?? databaseUrl, pooled: direct !== null };
}

function readSandbox(from: Variables, prepared: Prepared) {
  const { merchant } = prepared;
  if (merchant) return { wechat: readSandboxMerchant(from, merchant), sandbox: { webUrl: merchant.webUrl } };
  from.refuse("WECHAT_MCH_ID", "is missing, and no sandbox has run here: use `npm start`");
  return { wechat: null, sandbox: null };
}
