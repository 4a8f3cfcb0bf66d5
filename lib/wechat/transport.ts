/**
 * HTTPS to WeChat, bounded in time and size. Whatever goes wrong here is an unknown result.
 * `fetch` and `Agent` come from the same undici: the built-in fetch fails with another version's Agent.
 */
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { Agent, fetch } from "undici";
import { unknownResult, WechatError } from "@/lib/wechat/errors";
import { trustedRoots } from "@/lib/wechat/trust";

export type TransportRequest = {
  method: "GET" | "POST";
  url: string;
  contentType?: string;
  body?: string;
  withCertificate?: boolean;
};

export type Transport = {
  /** The body of a 200 answer. Throws `WechatError`. The URL never appears in the error: it may hold a secret. */
  send(request: TransportRequest): Promise<Uint8Array>;
  close(): Promise<void>;
};

export type TransportOptions = {
  caFile?: string | null;
  certFile?: string | null;
  keyFile?: string | null;
  connectTimeoutMs?: number;
  readTimeoutMs?: number;
};

const largestAnswerBytes = 64 * 1024; // The reader's own limit: more could not be read anyway.
const connections = 64; // At once and per agent; more wait in line.

export function createTransport(options: TransportOptions): Transport {
  const connectTimeoutMs = options.connectTimeoutMs ?? 5_000; // WeChat's suggestion.
  const readTimeoutMs = options.readTimeoutMs ?? 10_000; // WeChat's suggestion.
  const ca = trustedRoots(options.caFile);
  const agentWith = (identity: { cert?: string; key?: string }) =>
    new Agent({
      connect: { timeout: connectTimeoutMs, ca, ...identity },
      headersTimeout: readTimeoutMs,
      bodyTimeout: readTimeoutMs,
      connections,
    });
  const plain = agentWith({});
  let certified: Agent | undefined;

  /** A certificate that was refused may have been replaced by the time of the next try: its files are read again then. */
  const forgetIdentity = () => {
    certified?.close().catch(() => {}); // Calls under way end first; there is nothing to learn from how.
    certified = undefined;
  };

  return {
    async send(request) {
      if (request.withCertificate) certified ??= agentWith(readIdentity(options));
      const dispatcher = request.withCertificate && certified ? certified : plain;
      const deadline = AbortSignal.timeout(connectTimeoutMs + readTimeoutMs);
      try {
        const response = await fetch(request.url, {
          method: request.method,
          headers: {
            accept: "*/*",
            "accept-encoding": "identity",
            "user-agent": "zhanggui",
            ...(request.contentType && { "content-type": request.contentType }),
          },
          body: request.body,
          redirect: "manual",
          signal: deadline,
          dispatcher,
        });
        const body = await readBounded(response.body);
        if (response.status !== 200) throw statusError(response.status, body);
        return body;
      } catch (error) {
        const known = error instanceof WechatError ? error : transportError(error, deadline);
        if (request.withCertificate && (known.code === "CERT_ERROR" || /ALERT/.test(known.text)))
          forgetIdentity();
        throw known;
      }
    },
    async close() {
      await Promise.all([plain.close(), certified?.close()]);
    },
  };
}

async function readBounded(stream: AsyncIterable<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Throwing out of the loop cancels the stream.
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    if (bytes > largestAnswerBytes)
      throw unknownResult("TOO_LARGE", `the answer exceeds ${largestAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readIdentity(options: TransportOptions): { cert: string; key: string } {
  try {
    if (!options.certFile || !options.keyFile) throw new Error("not set");
    const identity = {
      cert: readFileSync(options.certFile, "utf8"),
      key: readFileSync(options.keyFile, "utf8"),
    };
    createSecureContext(identity); // Throws unless these are a certificate and its own key.
    return identity;
  } catch {
    throw certificateError("the client certificate or its key cannot be used");
  }
}

function statusError(status: number, body: Uint8Array): WechatError {
  const text = Buffer.from(body).toString("utf8");
  // nginx before WeChat's application: nothing was executed.
  if (status === 400 && /SSL certificate/i.test(text))
    return certificateError("WeChat refused the client certificate");
  return unknownResult("HTTP_STATUS", `HTTP ${status}`);
}

function certificateError(text: string): WechatError {
  const remedy =
    "check WECHAT_CERT_FILE and WECHAT_KEY_FILE: the files, the merchant they belong to, the date they expire";
  return new WechatError({ kind: "refused", code: "CERT_ERROR", text, remedy });
}

function transportError(error: unknown, deadline: AbortSignal): WechatError {
  const code = codeOf(error);
  if (deadline.aborted || /TIMEOUT|TIMEDOUT/.test(code))
    return unknownResult("TIMEOUT", code || "no answer in time");
  return unknownResult("NETWORK", code || "the connection failed");
}

function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return "";
}
