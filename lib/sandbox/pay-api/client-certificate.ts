import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { type Answer, certificatePage, gatewayPage } from "@/lib/sandbox/answer";
import type { Sandbox } from "@/lib/sandbox/sandbox";

/**
 * What moves money out wants the merchant's own certificate. Without it WeChat's proxy answers a page, not
 * XML; with a foreign one too. Null when it is the right one.
 */
export function refuseWithoutCertificate(sandbox: Sandbox, request: IncomingMessage): Answer | null {
  const socket = request.socket;
  const peer = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (!peer) return gatewayPage(400, "Bad Request", "No required SSL certificate was sent");
  const trusted = socket instanceof TLSSocket && socket.authorized;
  const ours = peer.subject.split("\n").includes(`CN=${sandbox.identity.mchId}`);
  return trusted && ours ? null : certificatePage;
}
