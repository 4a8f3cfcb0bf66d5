import { BlockList, isIP } from "node:net";

/** Set by our own server from the socket; whatever a client sends under this name is deleted there. */
export const socketAddressHeader = "x-zhanggui-client-address";

/**
 * The caller's address: the socket's, or behind trusted proxies the right-most address of X-Forwarded-For
 * that is none of them. Everything left of that is attacker's text.
 */
export function clientAddress(headers: Headers, trustedProxies: readonly string[]): string {
  const socket = plainAddress(headers.get(socketAddressHeader) ?? "");
  const trusted = blockList(trustedProxies);
  if (!isIn(trusted, socket)) return socket || "127.0.0.1";
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => plainAddress(hop.trim()));
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) break;
    if (!isIn(trusted, hop)) return hop;
  }
  return socket;
}

/** Loopback and trusted proxies are never rate-limited: they are us. */
export function isExempt(address: string, trustedProxies: readonly string[]): boolean {
  return isIn(loopback, address) || isIn(blockList(trustedProxies), address);
}

/** Whom a rate limit counts: an IPv4 address, or the /64 that one IPv6 subscriber has all to themselves. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const lists = new WeakMap<readonly string[], BlockList>();

function blockList(entries: readonly string[]): BlockList {
  const known = lists.get(entries);
  if (known) return known;
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  lists.set(entries, list);
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? "ipv6" : "ipv4");
}

/** IPv4 written as IPv6, a zone or a port are only spellings. */
function plainAddress(text: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  if (mapped) return mapped;
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  if (bracketed) return bracketed;
  return /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text.replace(/%.*$/, "");
}
