import type { StaffRole } from "@/lib/db/schema/staff";
import { countMoney, sumMoney } from "@/lib/receipts/sum-money";
import { countRefunds } from "@/lib/refunds/count-refunds";
import type { Shop } from "@/lib/shop";
import { countWork } from "@/lib/staff/count-work";
import { isAllowed, type Permission } from "@/lib/staff/rights";
import type { Shape, Tone } from "../parts/mark";

/** Where each number leads: to the list that it was counted from. */
const kinds = {
  late: { href: "/dashboard/deliveries?state=late", permission: "orders.read", look: ["wedge", "danger"] },
  toShip: {
    href: "/dashboard/deliveries?state=toShip",
    permission: "orders.read",
    look: ["hollow", "plain"],
  },
  alarms: { href: "/dashboard/alarms", permission: "alarms.read", look: ["wedge", "danger"] },
  refundsNeedAPerson: {
    href: "/dashboard/refunds?queue=needsPerson",
    permission: "refunds.read",
    look: ["wedge", "danger"],
  },
  refundsToDecide: { href: "/dashboard/refunds", permission: "refunds.read", look: ["hollow", "plain"] },
  undecided: { href: "/dashboard/money?state=toDecide", permission: "money.read", look: ["wedge", "danger"] },
  owed: { href: "/dashboard/money?verdict=surplus", permission: "money.read", look: ["half", "plain"] },
  badNotifications: {
    href: "/dashboard/notifications?verdict=trouble&within=24h",
    permission: "notifications.read",
    look: ["wedge", "warn"],
  },
} as const satisfies Record<string, { href: string; permission: Permission; look: [Shape, Tone] }>;

type TaskName = keyof typeof kinds;

export type Task = {
  name: TaskName;
  count: number;
  href: string;
  look: readonly [Shape, Tone];
  /** Of what is to ship: the next one that is not late. */
  nextDeadline?: Date | null;
  /** Of what is owed; null where not all of it was counted. */
  fen?: number | null;
};

/** Most urgent first, by what the role is there for; whoever may not see one of them is not told of it. */
const order: Record<StaffRole, readonly TaskName[]> = {
  owner: [
    ...(["late", "alarms", "refundsNeedAPerson", "undecided", "toShip"] as const),
    ...(["refundsToDecide", "owed", "badNotifications"] as const),
  ],
  finance: [
    ...(["undecided", "refundsNeedAPerson", "refundsToDecide", "owed"] as const),
    ...(["alarms", "badNotifications", "late", "toShip"] as const),
  ],
  fulfilment: ["late", "toShip", "alarms", "refundsNeedAPerson", "refundsToDecide"],
  support: ["alarms", "late", "refundsToDecide", "refundsNeedAPerson", "toShip", "badNotifications"],
};

/** What needs a hand now, as far as the role may know. */
export async function readTasks(shop: Shop, role: StaffRole): Promise<Task[]> {
  const mayReadMoney = isAllowed(role, "money.read");
  const [work, refunds, money, owed] = await Promise.all([
    countWork(shop),
    countRefunds(shop),
    mayReadMoney ? countMoney(shop) : null,
    mayReadMoney ? sumMoney(shop, { state: "waiting", verdict: "surplus" }) : null,
  ]);
  const counts: Record<TaskName, Omit<Task, "name" | "href" | "look">> = {
    late: { count: work.late },
    toShip: { count: work.toShip, nextDeadline: work.nextDeadline },
    alarms: { count: work.alarms },
    refundsNeedAPerson: { count: refunds.needsPerson },
    refundsToDecide: { count: refunds.toDecide },
    undecided: { count: money?.toDecide ?? 0 },
    owed: { count: owed?.count ?? 0, fen: owed?.leftFen ?? null },
    badNotifications: { count: work.badNotifications },
  };
  return order[role]
    .filter((name) => isAllowed(role, kinds[name].permission))
    .map((name) => {
      const { href, look } = kinds[name];
      return { name, href, look, ...counts[name] };
    });
}
