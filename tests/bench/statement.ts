import { connect } from "@/lib/db/connect";
import { parseEnvironment } from "@/lib/environment/environment";
import { dedupeKey } from "@/lib/notifications/dedupe-key";
import { settleStatement } from "@/lib/notifications/settle-payment";
import type { Load } from "./load";
import { messageFor } from "./message";
import { outTradeNoOf, totalFen } from "./prepare-orders";
import { type Measured, summarize } from "./summary";

/** The settling statement alone, without HTTP, XML or signatures, from as many clients as connections. */
const { databaseUrl, wechat } = parseEnvironment({ variables: process.env, dataDir: "." });
const our = { appIds: [wechat.appId], mchId: wechat.mchId, signType: wechat.signType };

process.once("message", async (load: Load) => {
  const { sql, close } = connect(databaseUrl, { name: "bench-statement", max: load.connections });
  const latenciesMs = new Float64Array(load.count);
  const messages = Array.from({ length: load.count }, (_, n) => factsOf(load.from + n));
  let next = 0;
  let failed = 0;
  const began = performance.now();
  const one = async () => {
    for (let n = next++; n < load.count; n = next++) {
      const sent = performance.now();
      const given = messages[n];
      const [settled] = given ? await settleStatement(sql, our, given.facts, given.message, new Date()) : [];
      if (settled?.verdict !== "paid") failed++;
      latenciesMs[n] = performance.now() - sent;
    }
  };
  await Promise.all(Array.from({ length: load.connections }, one));
  const measured: Measured = summarize(latenciesMs, { seconds: (performance.now() - began) / 1000, failed });
  await close();
  process.send?.(measured, () => process.disconnect?.());
});
process.send?.("ready");

function factsOf(n: number) {
  const outTradeNo = outTradeNoOf(n);
  const facts = {
    ...({ source: "notification", signType: "HMAC-SHA256", resultCode: "SUCCESS" } as const),
    ...{ appId: wechat.appId, mchId: wechat.mchId, outTradeNo, totalFen, feeType: "CNY" },
    ...{ transactionId: `4200${String(n).padStart(24, "0")}`, openid: null, paidAt: new Date() },
  };
  const body = Buffer.from(messageFor(n, wechat));
  return {
    facts,
    message: { dedupeKey: dedupeKey("payment", [outTradeNo]), headers: {}, body, address: "127.0.0.1" },
  };
}
