import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acknowledgeAlarm } from "@/lib/alarms/acknowledge-alarm";
import { assignAlarm } from "@/lib/alarms/assign-alarm";
import { countAlarms, listAlarms } from "@/lib/alarms/list-alarms";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { resolveAlarm } from "@/lib/alarms/resolve-alarm";
import { type AlarmStatus, alarmMoves, alarmStatuses } from "@/lib/alarms/state";
import { addStaff } from "@/lib/staff/add-staff";
import { aShop } from "@/tests/support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
let han: number;
let li: number;
beforeAll(async () => {
  it = await aShop();
  const password = "correct horse battery";
  ({ id: han } = await addStaff(
    it.shop,
    { email: "han@shop.example", role: "owner", name: "韩梅梅" },
    password,
  ));
  ({ id: li } = await addStaff(
    it.shop,
    { email: "li@shop.example", role: "support", name: "李雷" },
    password,
  ));
});
let before: string; // The last entry so far: the trail itself cannot be emptied.
beforeEach(async () => {
  await it.sql`TRUNCATE alarms, outbox CASCADE`;
  [{ before }] = await it.sql<[{ before: string }]>`SELECT coalesce(max(id), 0) AS before FROM audit_entries`;
});
afterAll(() => it.close());

const by = (staffId: number) => ({ staffId, address: "203.0.113.7" });
const facts = {};

async function anAlarm(status: AlarmStatus = "open", dedupeKey = crypto.randomUUID()): Promise<number> {
  await raiseAlarm(it.shop.db, { kind: "job_failed", dedupeKey, facts });
  const [alarm] = await it.sql<{ id: number }[]>`
    UPDATE alarms SET status = ${status}, resolved_at = CASE WHEN ${status} = 'resolved' THEN now() END
    WHERE dedupe_key = ${dedupeKey} RETURNING id::int`;
  return alarm?.id ?? 0;
}
const row = async (id: number) => {
  const [alarm] =
    await it.sql`SELECT status, assigned_to::int, acknowledged_by::int, note, resolved_by::int, resolution
    FROM alarms WHERE id = ${id}`;
  return alarm ?? {};
};
const entries = () =>
  it.sql`SELECT action, staff_id::int, subject, subject_id, address, before, after FROM audit_entries
    WHERE id > ${before} ORDER BY id`;

const deeds = {
  acknowledge: (alarmId: number) => acknowledgeAlarm(it.shop, { alarmId, by: by(han), note: "在看" }),
  resolve: (alarmId: number) => resolveAlarm(it.shop, { alarmId, by: by(han), note: "好了" }),
};
const pairs = (Object.keys(alarmMoves) as (keyof typeof alarmMoves)[]).flatMap((event) =>
  alarmStatuses.map((from) => ({ event, from })),
);

describe("the moves of an alarm", () => {
  test.each(pairs)("$event from $from", async ({ event, from }) => {
    const id = await anAlarm(from);
    const mayMove = (alarmMoves[event].from as readonly AlarmStatus[]).includes(from);

    const moved = await deeds[event](id).then(
      (isDone) => isDone ?? true,
      (error) => error.code,
    );

    expect(moved).toBe(mayMove ? true : from === "resolved" ? "alarm_resolved" : false);
    expect((await row(id)).status).toBe(mayMove ? alarmMoves[event].to : from);
    expect(await entries()).toHaveLength(mayMove ? 1 : 0);
  });

  test("each leaves who, from where, and what it was", async () => {
    const id = await anAlarm();

    await acknowledgeAlarm(it.shop, { alarmId: id, by: by(li), note: " 我来 " });
    await assignAlarm(it.shop, { alarmId: id, by: by(li), to: han });
    await resolveAlarm(it.shop, { alarmId: id, by: by(han), note: "换了证书" });

    expect(await row(id)).toEqual({
      ...{ status: "resolved", assigned_to: han, acknowledged_by: li, note: "我来" },
      ...{ resolved_by: han, resolution: "换了证书" },
    });
    const same = { subject: "alarm", subject_id: String(id), address: "203.0.113.7" };
    expect(await entries()).toEqual([
      {
        ...{ ...same, action: "alarm.acknowledge", staff_id: li },
        before: { status: "open", assignedTo: null },
        after: { status: "acknowledged" },
      },
      {
        ...{ ...same, action: "alarm.assign", staff_id: li },
        before: { status: "acknowledged", assignedTo: null },
        after: { assignedTo: han },
      },
      {
        ...{ ...same, action: "alarm.resolve", staff_id: han },
        before: { status: "acknowledged", assignedTo: han },
        after: { status: "resolved" },
      },
    ]);
  });

  test("two people at once: one acknowledges, the other is told that it is done, and one entry is left", async () => {
    for (let round = 0; round < 10; round++) {
      const id = await anAlarm();

      const done = await Promise.all(
        [han, li].map((staffId) => acknowledgeAlarm(it.shop, { alarmId: id, by: by(staffId) })),
      );

      expect(done.sort()).toEqual([false, true]);
    }
    expect(await entries()).toHaveLength(10);
  });

  test("two people resolve at once: one does, the other is too late, and whose note it is stands", async () => {
    for (let round = 0; round < 10; round++) {
      const id = await anAlarm();

      const done = await Promise.allSettled(
        [han, li].map((staffId) =>
          resolveAlarm(it.shop, { alarmId: id, by: by(staffId), note: `${staffId}` }),
        ),
      );

      expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const { resolved_by, resolution } = await row(id);
      expect(resolution).toBe(String(resolved_by));
    }
    expect(await entries()).toHaveLength(10);
  });

  test("resolved by the fact keeps no person, and a person comes too late", async () => {
    const id = await anAlarm("open", "deadline_missed:1");
    await it.sql`SELECT resolve_alarms(ARRAY['deadline_missed:1'], now())`;

    await expect(deeds.acknowledge(id)).rejects.toMatchObject({ code: "alarm_resolved" });
    await expect(assignAlarm(it.shop, { alarmId: id, by: by(han), to: li })).rejects.toMatchObject({
      code: "alarm_resolved",
    });
    expect(await row(id)).toMatchObject({ status: "resolved", resolved_by: null, resolution: null });
  });

  test("the same trouble after it was resolved is a new open one; before, it counts up and stays acknowledged", async () => {
    const id = await anAlarm("open", "token_trouble:wx1");
    await deeds.acknowledge(id);
    await raiseAlarm(it.shop.db, { kind: "token_trouble", dedupeKey: "token_trouble:wx1", facts });
    await deeds.resolve(id);
    await raiseAlarm(it.shop.db, { kind: "token_trouble", dedupeKey: "token_trouble:wx1", facts });

    expect(await it.sql`SELECT status, count FROM alarms ORDER BY id`).toEqual([
      { status: "resolved", count: 2 },
      { status: "open", count: 1 },
    ]);
  });
});

describe("what is refused changes nothing", () => {
  test("an alarm that is not there, a person that is not, a resolution without a word", async () => {
    const id = await anAlarm();
    await it.sql`UPDATE staff SET disabled_at = now() WHERE id = ${li}`;

    await expect(deeds.acknowledge(id + 1)).rejects.toMatchObject({ code: "not_found" });
    await expect(assignAlarm(it.shop, { alarmId: id, by: by(han), to: li })).rejects.toMatchObject({
      code: "person_unknown",
    });
    await it.sql`UPDATE staff SET disabled_at = NULL`;
    for (const note of [null, "", "  ", "x".repeat(501), "a\u0000b"])
      await expect(resolveAlarm(it.shop, { alarmId: id, by: by(han), note })).rejects.toMatchObject({
        code: "reason_required",
      });
    await expect(
      acknowledgeAlarm(it.shop, { alarmId: id, by: by(han), note: "x".repeat(501) }),
    ).rejects.toMatchObject({ code: "malformed" });
    expect(await row(id)).toMatchObject({ status: "open", assigned_to: null });
    expect(await entries()).toEqual([]);
  });

  test("assigning to whose it is already, or to nobody when it is nobody's, leaves no entry", async () => {
    const id = await anAlarm();

    expect(await assignAlarm(it.shop, { alarmId: id, by: by(han), to: null })).toBe(false);
    expect(await assignAlarm(it.shop, { alarmId: id, by: by(han), to: li })).toBe(true);
    expect(await assignAlarm(it.shop, { alarmId: id, by: by(han), to: li })).toBe(false);
    expect(await assignAlarm(it.shop, { alarmId: id, by: by(han), to: null })).toBe(true);

    expect(await entries()).toHaveLength(2);
  });
});

describe("the list", () => {
  test("is by state, newest first, filtered by kind, source and person, and counted", async () => {
    const mine = await anAlarm();
    const other = await anAlarm();
    await it.sql`SELECT raise_alarm('wechat', '1001', 'w', NULL, NULL, '{}')`;
    await assignAlarm(it.shop, { alarmId: mine, by: by(han), to: han });
    await deeds.acknowledge(other);
    const ids = async (filter: Parameters<typeof listAlarms>[1]) =>
      (await listAlarms(it.shop, filter)).alarms.map(({ id }) => id);

    expect((await listAlarms(it.shop, { state: "open" })).alarms).toMatchObject([
      { kind: "1001", assigneeName: null },
      { id: mine, assigneeName: "韩梅梅", orderNos: [], orderCount: 0 },
    ]);
    expect(await ids({ state: "acknowledged" })).toEqual([other]);
    expect(await ids({ state: "open", kind: "job_failed" })).toEqual([mine]);
    expect(await ids({ state: "open", source: "shop" })).toEqual([mine]);
    expect(await ids({ state: "open", assignedTo: han })).toEqual([mine]);
    expect(await ids({ state: "open", assignedTo: null, source: "shop" })).toEqual([]);
    expect(await countAlarms(it.shop, {})).toEqual({ open: 2, acknowledged: 1, resolved: 0 });
    expect(await countAlarms(it.shop, { kind: "job_failed" })).toEqual({
      open: 1,
      acknowledged: 1,
      resolved: 0,
    });
  });

  test("goes on where a page ended, without a gap", async () => {
    for (let n = 0; n < 120; n++)
      await it.sql`SELECT raise_alarm('shop', 'job_failed', ${`n${n}`}, NULL, NULL, '{}')`;
    const seen: number[] = [];
    for (let before: number | null | undefined; before !== null; ) {
      const { alarms, older } = await listAlarms(it.shop, { state: "open", before });
      seen.push(...alarms.map(({ id }) => id));
      before = older;
    }

    expect(seen).toHaveLength(120);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
  });
});
