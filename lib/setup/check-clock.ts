import { Agent, fetch } from "undici";
import type { Shop } from "@/lib/shop";
import { trustedRoots } from "@/lib/wechat/trust";
import { broken, fine, look, type Outcome, unknown } from "./finding";

const patienceMs = 5000;

/**
 * Compares this machine's clock with WeChat's, by the Date of any answer of its (whole seconds), and with the database's.
 * Signatures carry times, deadlines are counted from them, and a code of the second factor lives for 30 seconds.
 */
export async function checkClock({ environment, sql, now }: Shop): Promise<Outcome> {
  const [database] = await sql<[{ at: Date }]>`SELECT clock_timestamp() AS at`;
  const databaseS = secondsBetween(now(), new Date(database.at));
  const wechatS = await askWechat(environment.wechat, now);
  const seconds = Math.max(Math.abs(databaseS), Math.abs(wechatS ?? 0));
  const facts = { seconds: Math.round(seconds) };
  if (seconds >= 60) return broken("wrong", facts);
  if (seconds >= 5) return look("off", facts);
  return wechatS === null ? unknown("not_told") : fine("fine", facts);
}

async function askWechat(
  { payUrl, caFile }: Shop["environment"]["wechat"],
  now: () => Date,
): Promise<number | null> {
  const agent = new Agent({ connect: { timeout: patienceMs, ca: trustedRoots(caFile) } });
  try {
    const answer = await fetch(payUrl, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
      dispatcher: agent,
    });
    const told = Date.parse(answer.headers.get("date") ?? "");
    return Number.isNaN(told) ? null : secondsBetween(now(), new Date(told + 500)); // Cut to the second: half of one on average.
  } catch {
    return null; // Whether WeChat can be reached is another check's matter.
  } finally {
    agent.destroy().catch(() => {}); // It served one call.
  }
}

function secondsBetween(a: Date, b: Date): number {
  return (a.getTime() - b.getTime()) / 1000;
}
