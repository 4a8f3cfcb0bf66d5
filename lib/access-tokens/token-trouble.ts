import { sql } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import type { Db, Tx } from "@/lib/db/connect";
import type { WechatError } from "@/lib/wechat/errors";
import { reportRemedy } from "@/lib/wechat/report-refusal";

/** WeChat gives no token for this appid, or refuses the one that it gave. `error` is what it said. */
export class TokenTrouble extends Error {
  override name = "TokenTrouble";
  constructor(readonly error: WechatError) {
    super(`no access token: ${error.code}`, { cause: error });
  }
}

/** One alarm an appid, whoever needed its token: while it stands, what needs one pauses and only tries now and then. */
export async function raiseTokenTrouble(
  tx: Tx | Db,
  { appId, error }: { appId: string; error: Pick<WechatError, "code" | "text"> },
): Promise<void> {
  const { code, text } = error;
  await raiseAlarm(tx, {
    kind: "token_trouble",
    dedupeKey: keyOf(appId),
    facts: { appId, code, text: text.slice(0, 300), remedy: reportRemedy(code) },
  });
}

/** When the appid's token was last refused, if nothing has shown since that it is fine. */
export async function tokenTroubleSince(tx: Tx | Db, appId: string): Promise<Date | null> {
  const [alarm] = await tx.execute<{ at: string }>(sql`SELECT last_raised_at AS at FROM alarms
    WHERE dedupe_key = ${keyOf(appId)} AND status <> 'resolved'`);
  return alarm ? new Date(alarm.at) : null;
}

/** WeChat has answered a call made with the appid's token. True when that ended a trouble. */
export async function resolveTokenTrouble(tx: Tx | Db, appId: string, now: Date): Promise<boolean> {
  const resolved = await tx.execute(sql`
    UPDATE alarms SET status = 'resolved', resolved_at = ${now.toISOString()}::timestamptz
    WHERE dedupe_key = ${keyOf(appId)} AND status <> 'resolved' RETURNING id`);
  return resolved.length > 0;
}

function keyOf(appId: string): string {
  return `token_trouble:${appId}`;
}
