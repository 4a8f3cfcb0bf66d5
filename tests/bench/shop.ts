import { randomBytes } from "node:crypto";
import { parseEnvironment } from "@/lib/environment/environment";

/** The settings of a shop that nobody but the bench knows: every server under test is started with them. */
export function benchVariables(databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    SITE_URL: "http://127.0.0.1:1", // It builds no address that anybody calls.
    AUTH_SECRET: randomBytes(32).toString("hex"),
    DATA_KEY: randomBytes(32).toString("base64"),
    WECHAT_MCH_ID: "1900000109",
    WECHAT_APP_ID: "wxd930ea5d5a258f4f",
    WECHAT_APP_SECRET: randomBytes(16).toString("hex"),
    WECHAT_API_KEY: randomBytes(16).toString("hex"),
  };
}

export function benchWechat(variables: Record<string, string>) {
  return parseEnvironment({ variables, dataDir: "." }).wechat;
}
