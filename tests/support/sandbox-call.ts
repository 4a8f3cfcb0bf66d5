import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "undici";
import type { SandboxProcess } from "@/tests/support/sandbox";

type Fields = Record<string, string>;

/**
 * APIv2's signature, written again from its description: the sandbox and the shop share lib/wechat, and a
 * mistake in it would cancel out.
 */
export function signAgain(fields: Fields, apiKey: string, signType: string): string {
  const names = Object.keys(fields).filter((name) => name !== "sign" && fields[name] !== "");
  const sorted = names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const text = `${sorted.map((name) => `${name}=${fields[name]}`).join("&")}&key=${apiKey}`;
  const digest = signType === "MD5" ? createHash("md5") : createHmac("sha256", apiKey);
  return digest.update(text, "utf8").digest("hex").toUpperCase();
}

/** The fields of a flat message of CDATA values, good enough for what the sandbox writes. */
export function readFields(xml: string): Fields {
  const found = xml.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/gs);
  return Object.fromEntries([...found].map(([, name, cdata, text]) => [name, cdata ?? text ?? ""]));
}

/** Posts bytes as they are, with the sandbox's CA, with or without a client certificate. */
export async function postRaw(
  sandbox: SandboxProcess,
  path: string,
  body: string | Buffer,
  options: { method?: "GET" | "POST"; certFile?: string; keyFile?: string } = {},
) {
  const read = (file: string | undefined) => (file ? readFileSync(file, "utf8") : undefined);
  const agent = new Agent({
    connect: { ca: read(sandbox.merchant.caFile), cert: read(options.certFile), key: read(options.keyFile) },
  });
  try {
    const method = options.method ?? "POST";
    const response = await request(`${sandbox.merchant.payUrl}${path}`, {
      method,
      body: method === "GET" ? undefined : body,
      dispatcher: agent,
    });
    return { status: response.statusCode, text: await response.body.text() };
  } finally {
    await agent.close();
  }
}

/** A signed call. Fields that are undefined are left out before signing; `sign` may be given to forge one. */
export async function call(
  sandbox: SandboxProcess,
  path: string,
  fields: Record<string, string | undefined>,
  options: { signType?: string; apiKey?: string; withCertificate?: boolean } = {},
): Promise<Fields> {
  const signType = options.signType ?? "HMAC-SHA256";
  const { mchId, appId, apiKey, certFile, keyFile } = sandbox.merchant;
  const whole = { appid: appId, mch_id: mchId, nonce_str: "n0nce", sign_type: signType, ...fields };
  const sent = Object.fromEntries(
    Object.entries(whole).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  if (!("sign" in fields)) sent.sign = signAgain(sent, options.apiKey ?? apiKey, signType);
  const xml = Object.entries(sent).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  const certificate = options.withCertificate ? { certFile, keyFile } : {};
  const response = await postRaw(sandbox, path, `<xml>${xml.join("")}</xml>`, certificate);
  return readFields(response.text);
}

let serial = 0;
/** A number nobody used before. */
export function newNumber(): string {
  serial += 1;
  return `T${Date.now()}${process.pid}${String(serial).padStart(4, "0")}`.slice(0, 32);
}

/** The fields of an ordinary order, NATIVE unless told otherwise. */
export function anOrder<Given extends Record<string, string | undefined>>(fields?: Given) {
  return {
    body: "示例店-测试",
    out_trade_no: newNumber(),
    total_fee: "8800",
    spbill_create_ip: "127.0.0.1",
    notify_url: "http://127.0.0.1:9/api/notify",
    trade_type: "NATIVE",
    product_id: "sku-1",
    ...fields,
  };
}
