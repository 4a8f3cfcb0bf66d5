/** A server on loopback that answers what a test tells it to, for the client's side of the protocol. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { createMerchant, type Merchant } from "@/lib/wechat/merchant";
import { type SignType, signFields } from "@/lib/wechat/signature";
import type { TransportOptions } from "@/lib/wechat/transport";
import { type Fields, readXml, writeXml } from "@/lib/wechat/xml";

export const apiKey = "192006250b4c09247ec02edce69f6a2d";
export const mchId = "10000100";
export const appId = "wxd930ea5d5a258f4f";

export type Received = { path: string; headers: IncomingMessage["headers"]; body: string; fields: Fields };
type Answer = (received: Received, response: ServerResponse) => void;

/** Serves until the test ends. */
export async function standIn(answer: Answer): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const reading = readXml(body);
    const one = {
      path: request.url ?? "",
      headers: request.headers,
      body: body.toString(),
      fields: reading.ok ? reading.fields : {},
    };
    received.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in has no port");
  return { url: `http://127.0.0.1:${address.port}`, received };
}

/** A merchant of the stand-in's, closed when the test ends. */
export function merchantAt(
  payUrl: string,
  options: Partial<TransportOptions> & { signType?: SignType } = {},
): Merchant {
  const merchant = createMerchant({
    mchId,
    apiKey,
    signType: "HMAC-SHA256",
    payUrl,
    readTimeoutMs: 1_000,
    ...options,
  });
  onTestFinished(() => merchant.transport.close());
  return merchant;
}

/** Answers as WeChat does: communication and business succeeded, signed like the request. Fields given win; undefined ones are left out. */
export function signedAnswer(
  fields: (request: Fields) => Record<string, string | undefined>,
  by: { signType?: SignType; apiKey?: string } = {},
): Answer {
  return ({ fields: request }, response) => {
    const answer = {
      return_code: "SUCCESS",
      return_msg: "OK",
      appid: request.appid,
      mch_id: request.mch_id,
      nonce_str: "IITRi8Iabbblz1Jc",
      result_code: "SUCCESS",
      ...fields(request),
    };
    const signType = by.signType ?? (request.sign_type === "HMAC-SHA256" ? "HMAC-SHA256" : "MD5");
    response.end(
      writeXml({ ...answer, sign: signFields(answer, { apiKey: by.apiKey ?? apiKey, signType }) }),
    );
  };
}

/** A verified refusal with WeChat's code. */
export function refusal(code: string, text: string): Answer {
  return signedAnswer(() => ({ result_code: "FAIL", err_code: code, err_code_des: text }));
}

export const order = { appId, outTradeNo: "SO20260401000001", signType: "HMAC-SHA256" as const };
