import { readFileSync } from "node:fs";
import type { Permission } from "@/lib/staff/rights";

/** One of an action's forms: what it sends beside its other fields, and the right that it takes. */
type Form = { fields?: Record<string, string>; permission: Permission };

const form = (name: string, permission: Permission): Form => ({ fields: { form: name }, permission });

/**
 * Every server action of the desk, by file and name, written out again: a new one belongs here with the right of each of
 * its forms, or as "anybody" when it takes none.
 */
export const deskActions: Record<string, readonly Form[] | "anybody"> = {
  "account/change.ts change": [{ permission: "account.edit" }],
  "alarms/handle.ts handle": [{ permission: "alarms.handle" }],
  "audit/verify.ts verify": [{ permission: "audit.read" }],
  "deliveries/act-on-selected.ts actOnSelected": [{ permission: "orders.ship" }],
  "deliveries/batches/[id]/act-on-batch.ts actOnBatch": [
    form("apply", "orders.ship"),
    form("undo", "orders.ship"),
    form("columns", "orders.ship"),
  ],
  "deliveries/contents/store-content.ts storeContent": [{ permission: "products.edit" }],
  "deliveries/ship/ship-selected.ts shipSelected": [{ permission: "orders.ship" }],
  "exports/[id]/try-again.ts tryAgain": [{ permission: "lists.export" }],
  "frame/sign-out.ts signOut": "anybody",
  "members/[id]/act.ts act": [
    form("note", "orders.note"),
    form("tag", "members.edit"),
    form("untag:1", "members.edit"),
    form("block", "members.edit"),
    form("unblock", "members.edit"),
    form("erase", "members.erase"),
    form("made up", "members.read"),
  ],
  "members/[id]/reveal.ts reveal": [{ permission: "members.reveal" }],
  "money/settle-money.ts settleMoney": [form("tie:1", "money.settle"), form("giveBack:1", "money.settle")],
  "notifications/replay.ts replay": [form("replay:1", "notifications.replay")],
  "orders/act-on-orders.ts actOnOrders": [
    { fields: { deed: "ship" }, permission: "orders.ship" },
    { fields: { deed: "print" }, permission: "orders.ship" },
    { fields: { deed: "csv" }, permission: "lists.export" },
    { fields: { deed: "xlsx" }, permission: "lists.export" },
    { fields: { deed: "assign" }, permission: "orders.ship" },
    { fields: { deed: "note" }, permission: "orders.note" },
    { fields: { deed: "made up" }, permission: "orders.read" },
  ],
  "orders/act-on-views.ts actOnViews": [{ permission: "orders.read" }],
  "orders/[orderNo]/act-on-order.ts actOnOrder": [
    form("ship", "orders.ship"),
    form("correct:1", "orders.ship"),
    form("fail:1", "orders.ship"),
    form("replace:1", "orders.ship"),
    form("undo:1", "orders.ship"),
    form("sendAgain:1", "orders.ship"),
    form("giveUp:1", "orders.ship"),
    form("assign", "orders.ship"),
    form("moveDeadline", "deadlines.move"),
    form("askRefund", "refunds.request"),
    form("note", "orders.note"),
    form("made up", "orders.read"),
  ],
  "orders/[orderNo]/reveal.ts reveal": [{ permission: "members.reveal" }],
  "orders/print/reveal-recipients.ts revealRecipients": [{ permission: "members.reveal" }],
  "products/categories/act-on-categories.ts actOnCategories": [
    form("create", "products.edit"),
    form("rename:1", "products.edit"),
    form("move:1", "products.edit"),
    form("remove:1", "products.edit"),
    form("made up", "products.edit"),
  ],
  "products/[id]/act.ts actOnProduct": [
    form("sale", "products.edit"),
    form("picture", "products.edit"),
    form("stock:1", "stock.adjust"),
    form("made up", "products.edit"),
  ],
  "products/form/save-product.ts saveProduct": [{ permission: "products.edit" }],
  "refunds/[refundNo]/act.ts act": [
    form("approve", "refunds.approve"),
    form("askReturn", "refunds.approve"),
    form("reject", "refunds.approve"),
    form("undo", "refunds.approve"),
    form("receiveReturn", "refunds.receive"),
    form("refuseReturn", "refunds.receive"),
    form("tryAgain", "refunds.pay"),
    form("askWechat", "refunds.read"),
    form("recordPayout", "refunds.pay"),
    form("giveUp", "refunds.pay"),
  ],
  "refunds/decide-selected.ts decideSelected": [{ permission: "refunds.approve" }],
  "settings/change.ts change": [{ permission: "settings.change" }],
  "setup/check-again.ts checkAgain": [{ permission: "setup.read" }],
  "staff/invite.ts invite": [{ permission: "staff.manage" }],
  "staff/[staffId]/manage.ts manage": [
    form("changeRole", "staff.manage"),
    form("rename", "staff.manage"),
    form("renewInvite", "staff.manage"),
    form("endSessions", "staff.manage"),
    form("resetTotp", "staff.manage"),
    form("disable", "staff.manage"),
    form("enable", "staff.manage"),
  ],
};

/** Every route that staff call, by its folder below app/api, in the same way. `back`: a form's, led back with the reason. */
export const deskRoutes: Record<
  string,
  readonly { path: string; method?: "POST"; permission: Permission; answer?: "back" }[] | "anybody"
> = {
  events: [{ path: "/api/events", permission: "orders.read" }],
  "export/[list]": [
    { path: "/api/export/orders?format=csv", permission: "lists.export" },
    { path: "/api/export/audit?format=csv", permission: "lists.export" },
  ],
  "export/batches/[id]/refused": [{ path: "/api/export/batches/1/refused", permission: "orders.ship" }],
  "export/evidence/[orderNo]": [{ path: "/api/export/evidence/1", permission: "orders.evidence" }],
  "export/files/[id]": [{ path: "/api/export/files/1", permission: "lists.export" }],
  "export/members/[id]": [{ path: "/api/export/members/1", method: "POST", permission: "members.erase" }],
  "import/deliveries": [
    { path: "/api/import/deliveries", method: "POST", permission: "orders.ship", answer: "back" },
  ],
  "import/pictures": [
    { path: "/api/import/pictures", method: "POST", permission: "products.edit", answer: "back" },
  ],
  "refund/pictures/[name]": "anybody", // Its buyer, and who may read orders, which every role may.
};

export type BuiltAction = { name: string; id: string; page: string };

/** The actions of the desk as Next has built them: their ids are public, whoever's page shows them. */
export function readActions(): BuiltAction[] {
  const text = readFileSync(".next/server/server-reference-manifest.json", "utf8");
  const { node } = JSON.parse(text) as {
    node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>;
  };
  return Object.entries(node)
    .filter(([, { filename }]) => filename.startsWith("app/dashboard/"))
    .map(([id, { workers, filename, exportedName }]) => ({
      name: `${filename.replace("app/dashboard/", "")} ${exportedName}`,
      id,
      page: addressOf(Object.keys(workers)[0] ?? ""),
    }));
}

/** `app/dashboard/orders/[orderNo]/page` as an address; which order it is does not matter to who may not act at all. */
function addressOf(worker: string): string {
  return worker
    .replace(/^app/, "")
    .replace(/\/page$/, "")
    .replace(/\/\([^)]*\)/g, "")
    .replace(/\[\w+\]/g, "1");
}

/** Sends an action by hand, as a page's script does: with the form, and before it what the form's last answer was. */
export function sendAction(of: {
  url: string;
  action: BuiltAction;
  cookie: string;
  fields?: Record<string, string>;
}): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(of.fields ?? {})) body.append(`_1_${name}`, value);
  body.append("0", JSON.stringify(takesAnswer(of.action.id) ? [null, "$K1"] : ["$K1"]));
  return fetch(of.url + of.action.page, {
    method: "POST",
    redirect: "manual",
    body,
    headers: { cookie: of.cookie, origin: new URL(of.url).origin, "next-action": of.action.id },
  });
}

/** The first byte of an id tells which of its arguments an action reads: here, whether more than one. */
function takesAnswer(id: string): boolean {
  return ((Number.parseInt(id.slice(0, 2), 16) >> 1) & 0b011111) !== 0;
}
