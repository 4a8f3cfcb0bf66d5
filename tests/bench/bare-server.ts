import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "@/lib/db/connect";
import { parseEnvironment } from "@/lib/environment/environment";
import { dedupeKey } from "@/lib/notifications/dedupe-key";
import { settleStatement } from "@/lib/notifications/settle-payment";
import { readPaymentResult } from "@/lib/wechat/payment-result";
import { successReply } from "@/lib/wechat/reply";

/** The least a server can do and still be right: verify the signature, run the statement, answer what it says. */
const { databaseUrl, wechat } = parseEnvironment({ variables: process.env, dataDir: "." });
const { sql } = connect(databaseUrl, { name: "bench-bare" });
const our = { appIds: [wechat.appId], mchId: wechat.mchId, signType: wechat.signType };

process.once("SIGINT", () => process.exit(0));
createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    answer(request, response, Buffer.concat(chunks)).catch((error) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
}).listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.("ready"));

async function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
  const reading = readPaymentResult(body, { apiKey: wechat.apiKey });
  if (reading.kind !== "verified") return void response.writeHead(400).end();
  const { result, signType } = reading;
  const { outTradeNo, transactionId, resultCode, totalFen, feeType, appId, mchId } = result;
  const key = dedupeKey("payment", [
    outTradeNo,
    transactionId,
    resultCode,
    totalFen,
    feeType,
    appId,
    mchId,
    signType,
  ]);
  const address = request.socket.remoteAddress ?? "";
  const [settled] = await settleStatement(
    sql,
    our,
    { source: "notification", signType, ...result },
    { dedupeKey: key, headers: {}, body, address },
    new Date(),
  );
  if (settled?.answer !== "SUCCESS") return void response.writeHead(500).end(settled?.verdict);
  response.writeHead(200, { "content-type": "text/xml; charset=utf-8" }).end(successReply);
}
