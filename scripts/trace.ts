/** `npm run trace -- ORDER_NO`: one order's life in time order, without secrets or personal data. */
import { describeEvent } from "@/lib/orders/describe-event";
import { findOrderId } from "@/lib/orders/find-order-id";
import { readTimeline } from "@/lib/orders/read-timeline";
import { readSettings } from "@/lib/settings/read-settings";
import { CommandError, runWithShop } from "@/scripts/command/with-shop";

const number = process.argv[2]?.trim();

await runWithShop(async (shop) => {
  if (!number)
    throw new CommandError(
      "Which order? npm run trace -- ORDER_NO (an out_trade_no or transaction_id will do)",
    );
  const order = await findOrderId(shop, number);
  if (!order) throw new CommandError(`No order has the number ${number.slice(0, 64)}.`);

  const { timeZone } = await readSettings(shop.db);
  const rows = (await readTimeline(shop, order.id)).map((event) => [
    formatTime(event.at, timeZone),
    ...describeEvent(event),
  ]);
  const width = (column: number) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  console.log(`Order ${order.orderNo}, times in ${timeZone}`);
  for (const [at = "", what = "", subject = "", rest = ""] of rows) {
    console.log(`${at}  ${what.padEnd(width(1))}  ${subject.padEnd(width(2))}  ${rest}`.trimEnd());
  }
});

/** 2026-11-21 09:30:00.123: sorts and reads the same everywhere. */
function formatTime(at: Date, timeZone: string): string {
  const text = at.toLocaleString("sv-SE", { timeZone });
  return `${text}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}
