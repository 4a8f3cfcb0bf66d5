import { log } from "@/lib/http/log";
import { within } from "@/lib/http/within";
import type { Shop } from "@/lib/shop";
import { checkClock } from "./check-clock";
import {
  checkAlarmKey,
  checkDatabase,
  checkMessages,
  checkProxy,
  checkReportChannel,
  checkSecondFactor,
  checkSecrets,
  checkWorker,
} from "./check-house";
import { checkCalled, checkProven } from "./check-proven";
import { checkAddress, checkReach, checkTls } from "./check-reach";
import { checkApiKey, checkClientCertificate, checkJsSdk, checkToken } from "./check-wechat";
import { type CheckName, checkNames, type Finding, type Outcome, unknown } from "./finding";

/** How the request came that asks for the checks: the socket's address, and whether somebody forwarded it. */
export type Asked = { forwarded: boolean; address: string };

/**
 * Whether somebody stands between the caller and us. Next writes the socket's own address there when nobody did, so a
 * single hop that is the socket says nothing.
 */
export function isForwarded(header: string | null, socketAddress: string): boolean {
  const hops = (header ?? "").split(",").map((hop) => hop.trim().replace(/^::ffff:/i, ""));
  return hops.some((hop) => hop !== "" && hop !== socketAddress);
}

const patienceMs = 8000; // Each check has a shorter one of its own; this is the page's.

const checks: Record<CheckName, (shop: Shop, asked: Asked) => Promise<Outcome>> = {
  address: checkAddress,
  reach: checkReach,
  tls: checkTls,
  proxy: checkProxy,
  clock: checkClock,
  apiKey: checkApiKey,
  certificate: checkClientCertificate,
  token: (shop) => checkToken(shop, shop.environment.wechat),
  miniToken: (shop) => checkToken(shop, shop.environment.wechat.mini),
  h5Domain: (shop) => checkProven(shop, "h5Domain"),
  jsapiDirectory: (shop) => checkProven(shop, "jsapiDirectory"),
  oauthDomain: (shop) => checkProven(shop, "oauthDomain"),
  jsSdk: checkJsSdk,
  called: checkCalled,
  alarmKey: checkAlarmKey,
  reportChannel: checkReportChannel,
  secrets: checkSecrets,
  secondFactor: checkSecondFactor,
  worker: checkWorker,
  database: checkDatabase,
  messages: checkMessages,
};

/** All checks at once. One that fails or hangs says so instead of taking the others along. */
export function runChecks(shop: Shop, asked: Asked): Promise<Finding[]> {
  return Promise.all(checkNames.map(async (check) => ({ check, ...(await runOne(check, shop, asked)) })));
}

async function runOne(check: CheckName, shop: Shop, asked: Asked): Promise<Outcome> {
  try {
    return await within(patienceMs, checks[check](shop, asked));
  } catch (error) {
    log.warn({ err: error, check }, "a setup check did not end");
    return unknown("not_ended");
  }
}
