import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, gatewayPage, json, send } from "@/lib/sandbox/answer";
import { serveControl } from "@/lib/sandbox/control/serve-control";
import { readBody } from "@/lib/sandbox/read-body";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { answerBridge, bridgeCalls } from "@/lib/sandbox/web/answer-bridge";
import { cancelAtCashier, payAtCashier, showCancelled, showDone } from "@/lib/sandbox/web/answer-cashier";
import { serveAsset } from "@/lib/sandbox/web/assets";
import { authorize } from "@/lib/sandbox/web/authorize";
import { chooseBuyer, showBuyers } from "@/lib/sandbox/web/choose-buyer";
import { openInFrame, openMweb, openQrCode } from "@/lib/sandbox/web/open-cashier";
import { redirect } from "@/lib/sandbox/web/page";
import { serveConsole } from "@/lib/sandbox/web/serve-console";
import { showAddresses } from "@/lib/sandbox/web/show-addresses";
import { type Visit, visitOf } from "@/lib/sandbox/web/visit";

type Show = (sandbox: Sandbox, visit: Visit) => Answer;

/** What people open in a browser. */
const pages: Record<string, Show> = {
  "GET /": () => redirect("/console"),
  "GET /connect/oauth2/authorize": authorize,
  "GET /buyers": showBuyers,
  "POST /buyers": (_, visit) => chooseBuyer(visit),
  "GET /cgi-bin/mmpayweb-bin/checkmweb": openMweb,
  "GET /addresses": showAddresses,
  "GET /cashier": openQrCode,
  "GET /cashier/jsapi": openInFrame,
  "POST /cashier/pay": payAtCashier,
  "POST /cashier/cancel": (_, visit) => cancelAtCashier(visit),
  "GET /cashier/done": showDone,
  "GET /cashier/cancelled": (_, visit) => showCancelled(visit),
};

/** The HTTP side: pages for people, the bridge for the shop's pages, the control API for tests and commands. */
export async function serveWeb(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", sandbox.addresses.webUrl);
  if (!isLoopbackName(request.headers.host)) return send(response, json({ error: "unknown host" }, 421));
  const body = await readBody(request);
  if (body === null) return send(response, gatewayPage(413, "Request Entity Too Large"));
  send(response, await route(sandbox, { request, url, body }));
}

async function route(
  sandbox: Sandbox,
  input: { request: IncomingMessage; url: URL; body: Buffer },
): Promise<Answer> {
  const { request, url, body } = input;
  const path = url.pathname;
  if (path.startsWith("/control/")) {
    return await serveControl(sandbox, { request, name: path.slice("/control/".length), body });
  }
  const bridgeCall = request.method === "POST" ? bridgeCalls[path] : undefined;
  if (bridgeCall) return answerBridge(sandbox, bridgeCall, { request, body });
  const asset = request.method === "GET" ? serveAsset(path) : null;
  if (asset) return asset;
  if (request.method === "POST" && !isOwnForm(sandbox, request)) {
    return json({ error: "this form belongs to the sandbox's own pages" }, 403);
  }
  const form = new URLSearchParams(request.method === "POST" ? body.toString("utf8") : "");
  const visit = visitOf(sandbox, request, url, form);
  if (path === "/console" || path.startsWith("/console/")) return serveConsole(sandbox, visit);
  const show = pages[`${request.method} ${path}`];
  return show ? show(sandbox, visit) : gatewayPage(404, "Not Found");
}

/** A page elsewhere whose name was pointed at this machine (DNS rebinding) names another host. */
function isLoopbackName(host: string | undefined): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::[0-9]+)?$/.test(host ?? "");
}

/** Browsers say where a form comes from; what is no browser says nothing. */
function isOwnForm(sandbox: Sandbox, request: IncomingMessage): boolean {
  const { origin } = request.headers;
  const own = new URL(sandbox.addresses.webUrl);
  return origin === undefined || origin === own.origin || origin === `http://localhost:${own.port}`;
}
