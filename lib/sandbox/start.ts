import { mkdirSync } from "node:fs";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { join, resolve } from "node:path";
import { createLateWatch } from "@/lib/sandbox/alarms/create-late-watch";
import { raiseLateAlarm } from "@/lib/sandbox/alarms/raise-late-alarm";
import { json, send } from "@/lib/sandbox/answer";
import { createClock } from "@/lib/sandbox/clock";
import { loadCertificates } from "@/lib/sandbox/identity/certificates";
import { loadIdentity } from "@/lib/sandbox/identity/create-identity";
import { openLedger } from "@/lib/sandbox/ledger/open-ledger";
import { host, listenOnKeptPort } from "@/lib/sandbox/listen";
import { writeMerchantFile } from "@/lib/sandbox/merchant-file";
import { createNotifier } from "@/lib/sandbox/notify/create-notifier";
import { createSettler } from "@/lib/sandbox/refunds/create-settler";
import { settleAsPlanned } from "@/lib/sandbox/refunds/settle-as-planned";
import type { Sandbox } from "@/lib/sandbox/sandbox";
import { serveApi } from "@/lib/sandbox/serve-api";
import { serveWeb } from "@/lib/sandbox/serve-web";

export type SandboxOptions = { dataDir: string; apiPort?: number; webPort?: number; timeFactor?: number };

/**
 * Starts WeChat's stand-in: an HTTPS side for the shop's servers, an HTTP side for browsers and control.
 * Resolves when both listen and merchant.json is written.
 */
export async function startSandbox(options: SandboxOptions): Promise<{ stop(): void }> {
  const folder = resolve(options.dataDir, "sandbox");
  mkdirSync(options.dataDir, { recursive: true }); // First and open: the database's own user has its folder beside ours.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ledger = openLedger(join(folder, "ledger.sqlite"));
  const identity = loadIdentity(ledger);
  const certificates = await loadCertificates({ folder, mchId: identity.mchId });
  const clock = createClock(ledger, options);
  const addresses = { apiUrl: "", webUrl: "" };

  const tls = { cert: certificates.serverCertificate, key: certificates.serverKey, ca: certificates.ca };
  // Asked for but not demanded: only some paths need it, as at WeChat's.
  const api = createHttpsServer({ ...tls, requestCert: true, rejectUnauthorized: false });
  const web = createHttpServer();
  const apiPort = await listenOnKeptPort(api, { ledger, fact: "apiPort", wanted: options.apiPort });
  const webPort = await listenOnKeptPort(web, { ledger, fact: "webPort", wanted: options.webPort });
  addresses.apiUrl = `https://${host}:${apiPort}`;
  addresses.webUrl = `http://${host}:${webPort}`;

  const notifier = createNotifier({ ledger, clock });
  const settler = createSettler({ ledger, clock, settle: (refund) => settleAsPlanned(sandbox, refund) });
  const lateWatch = createLateWatch({ ledger, clock, raise: (late) => raiseLateAlarm(sandbox, late) });
  const sandbox: Sandbox = {
    identity,
    certificates,
    ledger,
    clock,
    notifier,
    settler,
    lateWatch,
    addresses,
  };
  settler.wake();
  lateWatch.wake();
  // Longer than a client idles: one that reuses a connection just as we close it sees a failure that WeChat does not make.
  for (const server of [api, web]) server.keepAliveTimeout = 65_000;
  serveWith(api, (request, response) => serveApi(sandbox, request, response));
  serveWith(web, (request, response) => serveWeb(sandbox, request, response));
  writeMerchantFile(sandbox, join(folder, "merchant.json"));

  return {
    stop() {
      lateWatch.stop();
      settler.stop();
      notifier.stop();
      for (const server of [api, web]) {
        server.close();
        server.closeAllConnections();
      }
      ledger.close();
    },
  };
}

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function serveWith(server: Server, serve: Serve): void {
  server.on("request", (request, response) => {
    serve(request, response).catch((error) => {
      if (request.destroyed && !request.complete) return; // The caller went away in the middle.
      console.error("sandbox:", error);
      send(response, json({ error: "the sandbox failed: see its log" }, 500));
    });
  });
}
