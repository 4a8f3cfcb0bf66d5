import type { StaffRole } from "@/lib/db/schema/staff";
import { shipOrder } from "@/lib/deliveries/ship-order";
import { addNote } from "@/lib/notes/add-note";
import { addStaff } from "@/lib/staff/add-staff";
import { askedBy } from "./a-refundable-order";
import type { RunningShop } from "./a-running-shop";
import { staffPassword } from "./at-the-desk";

type Buyer = {
  name: string;
  phone: string;
  province: string;
  city: string;
  district: string;
  address: string;
};

const buyers: Buyer[] = [
  {
    name: "王小明",
    phone: "13800138000",
    province: "浙江省",
    city: "杭州市",
    district: "西湖区",
    address: "龙井路 1 号",
  },
  {
    name: "林若溪",
    phone: "13911112222",
    province: "福建省",
    city: "厦门市",
    district: "思明区",
    address: "鼓浪屿鹿礁路 15 号",
  },
  {
    name: "Chen Wei",
    phone: "13633334444",
    province: "广东省",
    city: "深圳市",
    district: "南山区",
    address: "科苑路 8 号 3 栋 1204",
  },
  {
    name: "=SUM(A1:A9)",
    phone: "13755556666",
    province: "四川省",
    city: "成都市",
    district: "武侯区",
    address: "玉林西路 77 号",
  },
];

/**
 * A shop in the middle of a day: paid, unpaid, late and shipped orders, a refund that waits, money too much and too
 * little, a forged message. Everything came in as it does in life, over HTTP and by the verbs; only time was moved.
 */
export async function aBusyMorning(running: RunningShop) {
  const { shop } = running;
  const wanted = [
    "TEA-50",
    "BOWL-PLUM",
    "TEA-125",
    "NOTE-A5",
    "TEA-250",
    "BOWL-POWDER",
    "COURSE-12",
    "COURSE-12",
  ];
  const orders: Awaited<ReturnType<typeof aPaid>>[] = [];
  for (const [at, sku] of wanted.entries())
    orders.push(await aPaid(running, sku, buyers[at % buyers.length]));
  const [late, shipped, asked, noted] = orders;
  if (!late || !shipped || !asked || !noted) throw new Error("no orders");
  await shop.sql`UPDATE orders SET deliver_by = now() - interval '3 hours' WHERE order_no = ${late.orderNo}`;
  await running.sandbox.pay({
    outTradeNo: (await anOpen(running, "NOTE-A6", buyers[1])).outTradeNo,
    amountFen: 1,
  });
  await running.sandbox.pay({
    outTradeNo: (await anOpen(running, "TEA-50", buyers[0])).outTradeNo,
    claim: "forged",
  });
  const { id: staffId } = await aColleague(running, "fulfilment");
  const by = { staffId, address: "192.0.2.9" };
  const parcel = { kind: "express", trackingNo: "SF1234567890123", lines: "rest" as const };
  await shipOrder(shop, { orderNo: shipped.orderNo, parcel, by });
  const refundNo = await askedBy(shop, asked, { refundFen: 5000, words: "茶叶罐压坏了一个角。" });
  await addNote(shop, { orderNo: noted.orderNo, text: "买家说周五之前要收到，先发。", by });
  return { orders, late, shipped, asked, noted, refundNo };
}

/** Somebody with this role, and the name by which the desk knows them. */
export async function aColleague(
  running: RunningShop,
  role: StaffRole,
): Promise<{ email: string; id: number }> {
  const names: Record<StaffRole, string> = {
    owner: "陈掌柜",
    finance: "周会计",
    fulfilment: "老李",
    support: "小孟",
  };
  const email = `${role}@morning.example`;
  const { id } = await addStaff(running.shop, { email, role, name: names[role] }, staffPassword);
  return { email, id };
}

async function aPaid(running: RunningShop, sku: string, recipient: Buyer | undefined) {
  const order = await anOpen(running, sku, recipient);
  await running.sandbox.pay({ outTradeNo: order.outTradeNo });
  return order;
}

async function anOpen({ url, shop }: RunningShop, sku: string, recipient: Buyer | undefined) {
  const asked = await fetch(`${url}/api/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ items: [{ sku, quantity: 1 }], recipient }),
  });
  const cookie = asked.headers.get("set-cookie")?.split(";")[0] ?? "";
  const { orderNo } = (await asked.json()) as { orderNo: string };
  await fetch(`${url}/api/pay`, {
    method: "POST",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify({ orderNo, tradeType: "NATIVE" }),
  });
  const [row] = await shop.sql<{ memberId: number }[]>`
    SELECT member_id::int AS "memberId" FROM orders WHERE order_no = ${orderNo}`;
  return { orderNo, outTradeNo: `${orderNo}P1`, memberId: row?.memberId ?? 0 };
}
