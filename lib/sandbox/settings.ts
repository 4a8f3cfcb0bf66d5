import { factorLimits } from "@/lib/sandbox/clock";
import type { SandboxOptions } from "@/lib/sandbox/start";

type Reading = { ok: true; settings: SandboxOptions } | { ok: false; reason: string };

/** The sandbox's own few settings. It refuses to stand beside a real merchant. */
export function readSandboxSettings(variables: Record<string, string | undefined>): Reading {
  if (variables.WECHAT_MCH_ID) {
    return {
      ok: false,
      reason: "WECHAT_MCH_ID is set: this shop uses the real WeChat, the sandbox does not run",
    };
  }
  const apiPort = readNumber(variables.SANDBOX_API_PORT, isPort);
  const webPort = readNumber(variables.SANDBOX_WEB_PORT, isPort);
  const timeFactor = readNumber(variables.SANDBOX_TIME_FACTOR, isFactor);
  if (apiPort === null || webPort === null) {
    return { ok: false, reason: "SANDBOX_API_PORT and SANDBOX_WEB_PORT are ports, 1 to 65535" };
  }
  if (timeFactor === null) {
    return {
      ok: false,
      reason: `SANDBOX_TIME_FACTOR is a number, ${factorLimits.least} to ${factorLimits.most}`,
    };
  }
  return { ok: true, settings: { dataDir: variables.DATA_DIR || ".data", apiPort, webPort, timeFactor } };
}

export function isFactor(value: number): boolean {
  return value >= factorLimits.least && value <= factorLimits.most;
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}

/** Undefined when it is not set, null when it is set to nonsense. */
function readNumber(text: string | undefined, isAllowed: (value: number) => boolean) {
  if (!text) return undefined;
  const value = Number(text);
  return Number.isFinite(value) && isAllowed(value) ? value : null;
}
