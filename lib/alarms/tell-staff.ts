import { asc, eq } from "drizzle-orm";
import { alarmOrders } from "@/lib/db/schema/alarms";
import { orders } from "@/lib/db/schema/orders";
import type { Locale } from "@/lib/http/locale";
import { queueMessage } from "@/lib/messages/queue-message";
import { readSettings } from "@/lib/settings/read-settings";
import type { Shop } from "@/lib/shop";
import en from "@/messages/en/alarms.json";
import zh from "@/messages/zh-CN/alarms.json";
import { knownKind } from "./kinds";

const texts = { "zh-CN": zh, en } satisfies Record<Locale, unknown>;

/** What costs money, or a deadline, while nobody looks at the desk; deadlines themselves have messages of their own. */
const costly: readonly string[] = [
  "mismatching_money",
  "unknown_money",
  "second_transaction",
  "report_refused",
  "token_trouble",
  "certificate_trouble",
];

const namedOrders = 3;

type Alarm = { id: number; source: "wechat" | "shop"; kind: string };

/** Tells staff outside the desk of an alarm that is costly, once: what it is, about which orders, and where to read on. */
export async function tellStaff(shop: Shop, alarm: Alarm): Promise<void> {
  const isTold = alarm.source === "wechat" || costly.includes(alarm.kind) || alarm.kind.startsWith("refund_");
  if (!isTold) return;
  const { messageLanguage, shopName } = await readSettings(shop.db);
  const about = await shop.db
    .select({ orderNo: orders.orderNo })
    .from(alarmOrders)
    .innerJoin(orders, eq(orders.id, alarmOrders.orderId))
    .where(eq(alarmOrders.alarmId, alarm.id))
    .orderBy(asc(orders.id))
    .limit(namedOrders + 1);
  const numbers = about.slice(0, namedOrders).map(({ orderNo }) => orderNo);
  const parts = [
    `【${shopName}】${titleOf(alarm, messageLanguage)}`,
    ...numbers,
    ...(about.length > namedOrders ? ["…"] : []),
    `${shop.environment.siteUrl}/dashboard/alarms`,
  ];
  const text = parts.join(" ");
  await shop.db.transaction((tx) => queueMessage(tx, { dedupeKey: `alarm:${alarm.id}`, text }));
}

function titleOf(alarm: Alarm, language: Locale): string {
  const { kinds } = texts[language];
  const kind = knownKind(alarm);
  return kind ? kinds[kind].title : kinds.wechat.title.replace("{type}", alarm.kind);
}
