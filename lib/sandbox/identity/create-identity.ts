import { randomInt } from "node:crypto";
import { readFact, writeFact } from "@/lib/sandbox/ledger/facts";
import type { Ledger } from "@/lib/sandbox/ledger/open-ledger";

/**
 * The merchant that WeChat's stand-in knows. Every secret begins with `sandbox`, so that a real shop can
 * recognise and refuse one; the identifiers keep WeChat's shapes.
 */
export type Identity = {
  mchId: string;
  appId: string;
  appSecret: string;
  miniAppId: string;
  miniAppSecret: string;
  apiKey: string;
  appKey: string;
  pushToken: string;
  encodingAesKey: string;
  /** Another merchant's and another account's numbers: known here, never bound to ours. */
  foreignMchId: string;
  foreignAppId: string;
  /** Openids are made from it, so that a buyer keeps the same one for ever. */
  openidSeed: string;
};

/** The stored identity, made at the first start. */
export function loadIdentity(ledger: Ledger): Identity {
  const stored = readFact(ledger, "identity");
  if (stored !== null) return JSON.parse(stored) as Identity;
  const identity = createIdentity();
  writeFact(ledger, "identity", JSON.stringify(identity));
  return identity;
}

export function createIdentity(): Identity {
  return {
    mchId: `190000${randomText(4, digits)}`,
    appId: `wx5a4db0${randomText(10, hex)}`,
    appSecret: `sandbox${randomText(25, hex)}`,
    miniAppId: `wx5a4db1${randomText(10, hex)}`,
    miniAppSecret: `sandbox${randomText(25, hex)}`,
    apiKey: `sandbox${randomText(25, alphanumeric)}`, // 32 characters, as APIv2 wants.
    appKey: `sandbox${randomText(121, alphanumeric)}`, // 128 characters, the paySignKey of 2014.
    pushToken: `sandbox${randomText(20, alphanumeric)}`,
    encodingAesKey: `sandbox${randomText(35, alphanumeric)}A`, // 43 characters of base64 are 32 bytes only if the last leaves no bits over.
    foreignMchId: `190001${randomText(4, digits)}`,
    foreignAppId: `wx5a4dbf${randomText(10, hex)}`,
    openidSeed: randomText(32, hex),
  };
}

const digits = "0123456789";
const hex = "0123456789abcdef";
const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}
