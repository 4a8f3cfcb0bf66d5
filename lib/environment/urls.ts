import { isIP } from "node:net";
import type { Variables } from "@/lib/environment/variables";

/**
 * Where the shop is reached. For a real shop WeChat must be able to call it: https and a host name, nothing else.
 * The loopback is let through for stand-ins.
 */
export function readSiteUrl(from: Variables, options: { port: number; real: boolean }): string {
  const text = from.find("SITE_URL");
  if (text === null) return `http://localhost:${options.port}`;
  const url = parseUrl(text);
  const problem = url
    ? whatIsWrongWithSite(url, options.real)
    : "must be a URL such as https://shop.example.cn";
  if (problem) from.refuse("SITE_URL", problem);
  return url?.origin ?? "";
}

function whatIsWrongWithSite(url: URL, real: boolean): string | null {
  if (!/^https?:$/.test(url.protocol)) return "must begin with https://";
  if (url.username || url.password) return "must not hold a user name or password";
  if (url.pathname !== "/" || url.search || url.hash) return "must be an origin: no path, no query";
  if (!real || isLoopback(url)) return null;
  if (url.protocol !== "https:") return "must begin with https://, which WeChat wants";
  if (url.port) return "must not name a port, which WeChat refuses";
  if (isIP(url.hostname.replace(/^\[|\]$/g, "")))
    return "must be a host name, not an address, which WeChat refuses";
  return null;
}

/** One of WeChat's hosts, or a stand-in's: an origin with perhaps a path before WeChat's own. */
export function readHostUrl(from: Variables, name: string, unset: string): string {
  const text = from.find(name);
  if (text === null) return unset;
  const url = parseUrl(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    from.refuse(name, `must be a URL such as ${unset}`);
    return unset;
  }
  if (url.search || url.hash || url.username || url.password) {
    from.refuse(name, "must be an origin with an optional path: no query, no user name");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

export function readDatabaseUrl(from: Variables, name: string): string | null {
  const text = from.find(name);
  if (text === null) return null;
  const url = parseUrl(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    from.refuse(name, "must begin with postgres:// or postgresql://");
  else if (url.pathname.length < 2)
    from.refuse(name, "must name a database: postgres://user:password@host:5432/NAME");
  return text;
}

/** Whether a URL names this machine only, where no outsider can listen. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.replace(/\.$/, "");
  return host === "localhost" || host.endsWith(".localhost") || host.startsWith("127.") || host === "[::1]";
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
