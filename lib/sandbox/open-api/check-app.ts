import { openError } from "@/lib/sandbox/open-api/open-error";
import type { Sandbox } from "@/lib/sandbox/sandbox";

export type AppKind = "official" | "mini";

/** The account that a call names, with its secret checked. */
export function checkApp(
  sandbox: Sandbox,
  input: { appid?: string; secret?: string },
): { appId: string; kind: AppKind } {
  if (!input.appid) throw openError(41002);
  if (!input.secret) throw openError(41004);
  const { identity } = sandbox;
  const kind = appKind(sandbox, input.appid);
  if (kind === null) throw openError(40013);
  const secret = kind === "official" ? identity.appSecret : identity.miniAppSecret;
  if (input.secret !== secret) throw openError(40125);
  return { appId: input.appid, kind };
}

export function appKind(sandbox: Sandbox, appId: string): AppKind | null {
  if (appId === sandbox.identity.appId) return "official";
  return appId === sandbox.identity.miniAppId ? "mini" : null;
}
