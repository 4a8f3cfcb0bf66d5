import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuditFilter, readAuditFilter } from "@/lib/audit/audit-filter";
import { type ListedEntry, listEntries } from "@/lib/audit/list-entries";
import { writeEntry } from "@/lib/audit/write-entry";
import { addStaff } from "@/lib/staff/add-staff";
import { aShop } from "@/tests/support/a-shop";
import { manyPaidOrders, type PaidOrder } from "@/tests/support/many-paid-orders";

let it: Awaited<ReturnType<typeof aShop>>;
let han: number;
let order: PaidOrder;
const at = (time: string) => new Date(`2026-11-${time}Z`);

beforeAll(async () => {
  it = await aShop();
  const { db } = it.shop;
  ({ id: han } = await addStaff(it.shop, { email: "han@shop.example", role: "owner", name: "韩梅梅" }, null));
  [order] = (await manyPaidOrders(it.sql, 1)) as [PaidOrder];
  const by = { staffId: han, address: "203.0.113.7" };
  const of = { subject: "order", subjectId: order.orderId, orderId: order.orderId } as const;
  await writeEntry(db, { ...by, ...of, action: "order.reveal", at: at("20T15:59:59") });
  await writeEntry(db, { ...by, ...of, action: "order.move_deadline", at: at("20T16:00:00") });
  await writeEntry(db, {
    ...by,
    action: "member.block",
    subject: "member",
    subjectId: 12,
    at: at("21T15:59:59"),
  });
  await writeEntry(db, {
    ...{ ...by, action: "setting.change", subject: "setting", subjectId: "timeZone", at: at("21T16:00:00") },
  });
});
afterAll(() => it.close());

const all: AuditFilter = { person: null, action: null, about: null, from: null, to: null };
const actions = async (filter: Partial<AuditFilter>) =>
  (await listEntries(it.shop, { ...all, ...filter })).entries.map(({ action }) => action);

describe("the trail is filtered", () => {
  test("by person, or the command line", async () => {
    expect(await actions({ person: han })).toHaveLength(4);
    expect(await actions({ person: "none" })).toEqual(["staff.add"]);
  });

  test("by one action, or by all that is done to a kind of thing", async () => {
    expect(await actions({ action: "order.reveal" })).toEqual(["order.reveal"]);
    expect(await actions({ action: "order" })).toEqual(["order.move_deadline", "order.reveal"]);
  });

  test("by any number of an order, and by a subject's own id or name", async () => {
    const ofOrder = ["order.move_deadline", "order.reveal"];
    expect(await actions({ about: order.orderNo })).toEqual(ofOrder);
    expect(await actions({ about: order.transactionId })).toEqual(ofOrder);
    expect(await actions({ about: "12", action: "member" })).toEqual(["member.block"]);
    expect(await actions({ about: "timeZone" })).toEqual(["setting.change"]);
    expect(await actions({ about: "nothing" })).toEqual([]);
  });

  test("by days as the shop's clocks have them, both inside", async () => {
    const day = { person: han } as const;
    expect(await actions({ ...day, from: "2026-11-21", to: "2026-11-21" })).toEqual([
      "member.block",
      "order.move_deadline",
    ]);
    expect(await actions({ ...day, to: "2026-11-20" })).toEqual(["order.reveal"]);
    expect(await actions({ ...day, from: "2026-11-22" })).toEqual(["setting.change"]);
  });
});

test("its pages follow each other, newest first, with names and numbers of what they are about", async () => {
  const seen: ListedEntry[] = [];
  for (let before: number | undefined, more = true; more; ) {
    const { entries, older } = await listEntries(it.shop, all, { before, size: 2 });
    seen.push(...entries);
    before = older ?? undefined;
    more = older !== null;
  }

  expect(seen.map(({ action }) => action)).toEqual(await actions({}));
  expect(seen.at(-1)).toMatchObject({ action: "staff.add", person: null, aboutPerson: "韩梅梅" });
  expect(seen.at(-2)).toMatchObject({ person: "韩梅梅", orderNo: order.orderNo, aboutPerson: null });
});

test("what an address makes up is left out and named", () => {
  const query = {
    person: "x",
    action: "order.fly",
    about: "a".repeat(65),
    from: "2026-02-30",
    to: "2026-11-01",
  };

  expect(readAuditFilter(query)).toEqual({
    filter: { ...all, to: "2026-11-01" },
    madeUp: ["person", "action", "about", "from"],
  });
  expect(readAuditFilter({ from: "2026-11-02", to: "2026-11-01" }).madeUp).toEqual(["to"]);
  expect(readAuditFilter({ person: "none", action: "refund", about: "" })).toEqual({
    filter: { ...all, person: "none", action: "refund" },
    madeUp: [],
  });
});
