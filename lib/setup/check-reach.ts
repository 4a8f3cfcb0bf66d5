import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv6 } from "node:net";
import { connect as connectTls, type PeerCertificate } from "node:tls";
import { Agent, fetch } from "undici";
import { isLoopback } from "@/lib/environment/urls";
import type { Shop } from "@/lib/shop";
import { broken, fine, look, type Outcome } from "./finding";

const patienceMs = 5000; // WeChat itself waits about as long for an answer.
const dayMs = 86_400_000;

/** Whether SITE_URL is one that WeChat can call at all; its form was checked at start. */
export async function checkAddress({ environment }: Shop): Promise<Outcome> {
  const url = new URL(environment.siteUrl);
  const facts = { url: url.origin };
  if (isLoopback(url)) return environment.sandbox ? fine("sandbox", facts) : broken("loopback", facts);
  return url.protocol === "https:" ? fine("fine", facts) : broken("plain", facts);
}

/**
 * Calls the pay-result address as WeChat would find it: by name, over TLS, without following anything. Our own handler
 * answers a GET with 405 and says that it takes POST; whatever else answers stands in WeChat's way. GET stores nothing.
 */
export async function checkReach({ environment }: Shop): Promise<Outcome> {
  const url = new URL("/api/notify", environment.siteUrl);
  const agent = new Agent({ connect: { timeout: patienceMs } });
  try {
    const answer = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
      dispatcher: agent,
    });
    await answer.body?.cancel();
    const { status } = answer;
    if (status >= 300 && status < 400)
      return broken("redirected", { status, to: answer.headers.get("location")?.slice(0, 200) ?? "" });
    if (status !== 405 || !answer.headers.get("allow")?.includes("POST"))
      return broken("other_answer", { status });
  } catch (error) {
    return broken("unreachable", { error: nameOf(error) });
  } finally {
    agent.destroy().catch(() => {}); // It served one call; there is nothing to learn from how it ends.
  }
  const hidden = isLoopback(url) ? null : await findPrivateAddress(url.hostname);
  return hidden ? look("private_address", { address: hidden }) : fine("fine", { host: url.host });
}

/** Who calls from inside may be led past what stands before the shop outside. */
async function findPrivateAddress(host: string): Promise<string | null> {
  const found = await lookup(host, { all: true });
  return found.find(({ address }) => isPrivate(address))?.address ?? null;
}

const privateNets = new BlockList();
for (const [net, prefix] of [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const)
  privateNets.addSubnet(net, prefix, "ipv4");
privateNets.addSubnet("fc00::", 7, "ipv6");
privateNets.addSubnet("fe80::", 10, "ipv6");
privateNets.addAddress("::1", "ipv6");

function isPrivate(address: string): boolean {
  return privateNets.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** Whether the shop's own certificate is one that WeChat believes, and how long it holds. */
export async function checkTls({ environment, now }: Shop): Promise<Outcome> {
  const url = new URL(environment.siteUrl);
  if (url.protocol !== "https:") return environment.sandbox ? fine("sandbox") : broken("plain");
  const port = Number(url.port || 443);
  try {
    const { certificate, problem, protocol } = await greet(url.hostname, port);
    if (problem) return broken("not_believed", { error: problem });
    const validTo = new Date(certificate.valid_to);
    const days = Math.floor((validTo.getTime() - now().getTime()) / dayMs);
    const facts = { days, until: validTo.toISOString(), protocol };
    if (protocol === "TLSv1" || protocol === "TLSv1.1") return broken("old_protocol", facts);
    return days < 14 ? look("ends_soon", facts) : fine("fine", facts);
  } catch (error) {
    return broken("no_tls", { error: nameOf(error) });
  }
}

type Greeting = { certificate: PeerCertificate; problem: string | null; protocol: string };

function greet(servername: string, port: number): Promise<Greeting> {
  return new Promise((resolve, reject) => {
    const socket = connectTls(
      { host: servername, port, ...(isIP(servername) === 0 && { servername }), rejectUnauthorized: false },
      () => {
        const problem = socket.authorized ? null : nameOf(socket.authorizationError);
        resolve({
          certificate: socket.getPeerCertificate(),
          problem,
          protocol: socket.getProtocol() ?? "",
        });
        socket.end();
      },
    );
    socket.setTimeout(patienceMs, () => socket.destroy(new Error("TIMEOUT")));
    socket.once("error", reject);
  });
}

/** An error's code, of whichever cause has one. Never a message: it may quote what nobody should read. */
export function nameOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at.name === "TimeoutError" || at.message === "TIMEOUT") return "TIMEOUT";
  }
  return typeof error === "string" ? error : "UNKNOWN";
}
