import { and, asc, inArray, isNull, sql } from "drizzle-orm";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import type { Tx } from "@/lib/db/connect";
import { messages } from "@/lib/db/schema/messages";
import { nudgeOutbox } from "@/lib/outbox/nudge";
import { readSecret } from "@/lib/settings/secret-setting";
import type { Shop } from "@/lib/shop";
import { fitText } from "@/lib/wechat/fit-text";
import { postMessage } from "./post-message";
import { queueSending } from "./queue-message";

type Waiting = { id: number; text: string; attempts: number };

const mostBytes = 2000; // 企业微信 takes 2,048 bytes.
const apartMs = 4000; // Both take 20 messages a minute; DingTalk is silent for ten minutes after more.
const gapsMs = [1, 2, 5, 15, 30, 60].map((minutes) => minutes * 60_000);
const messageFailed = "message_failed";

/**
 * Sends what waits, as many in one text as fit. A failed try is repeated with growing gaps for two hours; then the
 * messages are given up and an alarm says so. An answer that is lost means that the group reads something twice.
 */
export async function sendMessages(shop: Shop): Promise<void> {
  const url = await readSecret(shop, "messageWebhookUrl");
  if (url === "") return forgetWaiting(shop);
  const waiting = await shop.db
    .select({ id: messages.id, text: messages.text, attempts: messages.attempts })
    .from(messages)
    .where(and(isNull(messages.sentAt), isNull(messages.givenUpAt)))
    .orderBy(asc(messages.id))
    .limit(100);
  if (waiting.length === 0) return;
  const { batch, text } = together(waiting);
  const failure = await tryToPost(shop, url, text);
  await shop.db.transaction((tx) =>
    failure === null ? concludeSent(shop, tx, batch) : concludeFailed(shop, tx, { batch, failure }),
  );
  nudgeOutbox(shop.sql);
}

async function tryToPost(shop: Shop, url: string | null, text: string): Promise<string | null> {
  if (url === null) return "sealed with another DATA_KEY";
  if (shop.environment.sandbox === null && !url.startsWith("https:")) return "not https";
  return postMessage(url, text);
}

/** The oldest ones that fit into one text; the first always does. */
function together(waiting: Waiting[]): { batch: Waiting[]; text: string } {
  const batch: Waiting[] = [];
  let text = "";
  for (const message of waiting) {
    const longer = text + (text ? "\n" : "") + fitText(message.text, mostBytes);
    if (Buffer.byteLength(longer) > mostBytes) break;
    batch.push(message);
    text = longer;
  }
  return { batch, text };
}

async function concludeSent(shop: Shop, tx: Tx, batch: Waiting[]): Promise<void> {
  const now = shop.now();
  await tx
    .update(messages)
    .set({ sentAt: now, attempts: sql`${messages.attempts} + 1`, errorText: null })
    .where(inArray(messages.id, idsOf(batch)));
  await tx.execute(sql`SELECT resolve_alarms(ARRAY[${messageFailed}], ${now.toISOString()}::timestamptz)`);
  const [more] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(isNull(messages.sentAt), isNull(messages.givenUpAt)))
    .limit(1);
  if (more) await queueSending(tx, new Date(now.getTime() + apartMs));
}

async function concludeFailed(
  shop: Shop,
  tx: Tx,
  { batch, failure }: { batch: Waiting[]; failure: string },
): Promise<void> {
  const now = shop.now();
  const attempts = Math.max(...batch.map((message) => message.attempts)) + 1;
  const gap = gapsMs[attempts - 1];
  await tx
    .update(messages)
    .set({ attempts, errorText: failure, ...(gap === undefined && { givenUpAt: now }) })
    .where(inArray(messages.id, idsOf(batch)));
  if (gap === undefined)
    await raiseAlarm(tx, {
      kind: messageFailed,
      dedupeKey: messageFailed,
      facts: { attempts, error: failure },
    });
  await queueSending(tx, new Date(now.getTime() + (gap ?? apartMs)));
}

/** It is switched off: what waits would be news of yesterday when somebody switches it on. */
async function forgetWaiting(shop: Shop): Promise<void> {
  await shop.db
    .update(messages)
    .set({ givenUpAt: shop.now() })
    .where(and(isNull(messages.sentAt), isNull(messages.givenUpAt)));
}

function idsOf(batch: Waiting[]): number[] {
  return batch.map(({ id }) => id);
}
