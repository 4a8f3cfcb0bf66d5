import { networkInterfaces } from "node:os";
import type { Sql } from "postgres";
import { connect, type Db } from "@/lib/db/connect";
import type { Environment } from "@/lib/environment/environment";
import { loadEnvironment } from "@/lib/environment/load";
import { createMerchant, type Merchant } from "@/lib/wechat/merchant";
import { createPlatform, type Platform } from "@/lib/wechat/platform";

/** What every verb is given: settings, database, WeChat and the clock. No state of a request is kept here. */
export type Shop = {
  environment: Environment;
  sql: Sql;
  db: Db;
  merchant: Merchant;
  platform: Platform;
  now: () => Date;
  /** What WeChat is told as the payer's address where nobody pays from a browser of ours (NATIVE). */
  serverAddress: string;
  close: () => Promise<void>;
};

export function openShop(
  environment: Environment,
  options: { databaseUrl?: string; poolSize?: number; name?: string; now?: () => Date } = {},
): Shop {
  const pooled = environment.pooled && options.databaseUrl === undefined;
  const url = options.databaseUrl ?? environment.databaseUrl;
  const { sql, db, close } = connect(url, { pooled, max: options.poolSize, name: options.name });
  const merchant = createMerchant(environment.wechat);
  const platform = createPlatform(environment.wechat);
  return {
    environment,
    sql,
    db,
    merchant,
    platform,
    now: options.now ?? (() => new Date()),
    serverAddress: ownAddress(),
    close: async () => {
      await Promise.all([close(), merchant.transport.close(), platform.transport.close()]);
    },
  };
}

/** The one shop of this process, opened at first use. Survives a reload of modules in development. */
export function shop(): Shop {
  const held = globalThis as { zhangguiShop?: Shop };
  held.zhangguiShop ??= openShop(loadEnvironment(), { name: "zhanggui-app" });
  return held.zhangguiShop;
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find((it) => it.family === "IPv4" && !it.internal)?.address ?? "127.0.0.1";
}
