import type { Environment } from "@/lib/environment/environment";

/** One of our appids, and what opens its access token. */
export type OwnApp = { appId: string; appSecret: string };

/** The official account's or the mini program's, or null: an appid of nobody's here. */
export function findOwnApp(wechat: Environment["wechat"], appid: string): OwnApp | null {
  const { appId, appSecret, mini } = wechat;
  return [{ appId, appSecret }, mini].find((app) => app?.appId === appid) ?? null;
}
