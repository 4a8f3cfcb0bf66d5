import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { queueMessage } from "@/lib/messages/queue-message";
import { sendMessages } from "@/lib/messages/send-messages";
import { changeSetting } from "@/lib/settings/change-setting";
import { readSettings } from "@/lib/settings/read-settings";
import { addStaff } from "@/lib/staff/add-staff";
import { aRobot, taken } from "@/tests/support/a-robot";
import { aShop } from "@/tests/support/a-shop";
import { runDueJobs } from "@/tests/support/run-due-jobs";

let it: Awaited<ReturnType<typeof aShop>>;
let group: Awaited<ReturnType<typeof aRobot>>;
let staffId: number;
beforeAll(async () => {
  [it, group] = await Promise.all([aShop(), aRobot()]);
  const person = { email: "owner@shop.example", role: "owner", name: "韩梅梅" } as const;
  ({ id: staffId } = await addStaff(it.shop, person, "correct horse battery"));
  it.shop.environment.sandbox = { webUrl: "http://127.0.0.1:1" }; // The robot is on this machine.
});
beforeEach(async () => {
  await it.sql`TRUNCATE messages, alarms, settings CASCADE`;
  await it.sql`DELETE FROM graphile_worker._private_jobs`;
  group.posted.length = 0;
  group.robot.answer = taken;
  await setWebhook(group.url);
});
afterAll(async () => {
  await it.close();
  await group.close();
});

const setWebhook = (value: string) =>
  changeSetting(it.shop, { key: "messageWebhookUrl", value, staffId, address: "203.0.113.7" });
const queue = (dedupeKey: string, text = dedupeKey) =>
  it.shop.db.transaction((tx) => queueMessage(tx, { dedupeKey, text }));
const rows = () =>
  it.sql`SELECT dedupe_key, sent_at IS NOT NULL AS sent, given_up_at IS NOT NULL AS given_up, attempts, error_text FROM messages ORDER BY id`;
const waitingJobs = () =>
  it.sql<{ run_at: Date }[]>`SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'send_messages'`;
const failing = () => it.sql`SELECT status, facts FROM alarms WHERE kind = 'message_failed' ORDER BY id`;

/** Walks the clock to every next try until nothing waits. */
async function untilNothingWaits(): Promise<number[]> {
  const gaps: number[] = [];
  for (let [job] = await waitingJobs(); job; [job] = await waitingJobs()) {
    const runAt = new Date(job.run_at);
    gaps.push(Math.round((runAt.getTime() - it.clock.now.getTime()) / 60_000));
    if (runAt > it.clock.now) it.clock.now = runAt;
    await runDueJobs(it.shop);
  }
  return gaps;
}

describe("a message", () => {
  test("is posted once in the robots' JSON, however often its key is queued", async () => {
    await Promise.all(Array.from({ length: 10 }, () => queue("deadline_near:1:50", "订单 1 还剩 12 小时")));
    await runDueJobs(it.shop);
    await queue("deadline_near:1:50");
    await runDueJobs(it.shop);

    expect(group.posted.map(({ body }) => body)).toEqual([
      { msgtype: "text", text: { content: "订单 1 还剩 12 小时" } },
    ]);
    expect(await rows()).toMatchObject([{ sent: true, attempts: 1, error_text: null }]);
    expect(await waitingJobs()).toHaveLength(0);
  });

  test("of a transaction that is rolled back was never there", async () => {
    const failed = it.shop.db.transaction(async (tx) => {
      await queueMessage(tx, { dedupeKey: "a", text: "a" });
      throw new Error("undone");
    });

    await expect(failed).rejects.toThrow("undone");
    expect(await rows()).toEqual([]);
    expect(await waitingJobs()).toEqual([]);
  });

  test("shares one text with all that wait; what does not fit follows seconds later", async () => {
    for (let n = 0; n < 50; n++) await queue(`n${n}`, `${n} `.padEnd(60, "x"));

    await untilNothingWaits();

    expect(group.posted).toHaveLength(2);
    for (const { content } of group.posted) expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2000);
    const lines = group.posted.flatMap(({ content }) => content.split("\n"));
    expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  test("longer than a robot takes is cut between characters", async () => {
    await queue("long", "告".repeat(3000));

    await runDueJobs(it.shop);

    expect(group.posted[0]?.content).toBe("告".repeat(666));
  });
});

describe("nothing is sent", () => {
  test("while no address is set, and what was queued then is not sent later", async () => {
    await setWebhook("");
    await queue("old");
    await runDueJobs(it.shop);
    await setWebhook(group.url);
    await queue("new");

    await runDueJobs(it.shop);

    expect(group.posted.map(({ content }) => content)).toEqual(["new"]);
  });

  test("to an address of this machine by a shop that is no sandbox", async () => {
    await queue("a");
    it.shop.environment.sandbox = null;

    await sendMessages(it.shop).finally(() => {
      it.shop.environment.sandbox = { webUrl: "http://127.0.0.1:1" };
    });

    expect(group.posted).toEqual([]);
    expect(await rows()).toMatchObject([{ sent: false, error_text: "not https" }]);
  });

  test("when the address was sealed with another key: it says so, and says no more", async () => {
    await queue("a");
    const { dataKey } = it.shop.environment;
    it.shop.environment.dataKey = Buffer.alloc(32, 7).toString("base64");

    await sendMessages(it.shop).finally(() => {
      it.shop.environment.dataKey = dataKey;
    });

    expect(await rows()).toMatchObject([{ sent: false, error_text: "sealed with another DATA_KEY" }]);
  });
});

describe("a robot that", () => {
  const badly: [string, (response: ServerResponse) => void, string][] = [
    ["breaks off", (response) => response.destroy(), "UND_ERR_SOCKET"],
    ["answers 500", (response) => response.writeHead(500).end(), "HTTP 500"],
    [
      "refuses in its answer",
      (response) => response.end(JSON.stringify({ errcode: 93000, errmsg: `invalid ${group.url}` })),
      "errcode 93000",
    ],
    ["answers a megabyte", (response) => response.end("x".repeat(1_000_000)), "the answer is too large"],
  ];
  test.each(badly)("%s is tried again a minute later", async (_what, answer, error) => {
    group.robot.answer = answer;
    await queue("a");

    await runDueJobs(it.shop);

    expect(await rows()).toMatchObject([{ sent: false, attempts: 1, error_text: error }]);
    const [job] = await waitingJobs();
    expect(new Date(job?.run_at ?? 0).getTime() - it.clock.now.getTime()).toBe(60_000);
  });

  test("points elsewhere is not followed: nobody else learns the address", async () => {
    const other = await aRobot();
    group.robot.answer = (response) => response.writeHead(307, { location: other.url }).end();
    await queue("a");

    await runDueJobs(it.shop);

    expect(other.posted).toEqual([]);
    expect(await rows()).toMatchObject([{ sent: false, error_text: "HTTP 307" }]);
    await other.close();
  });

  test("does not answer is given up after five seconds", async () => {
    group.robot.answer = () => {};
    const late = AbortSignal.abort(new DOMException("late", "TimeoutError"));
    const limit = vi.spyOn(AbortSignal, "timeout").mockReturnValue(late);
    await queue("a");

    await sendMessages(it.shop);

    expect(limit.mock.calls).toEqual([[5000]]);
    limit.mockRestore();
    expect(await rows()).toMatchObject([{ sent: false, error_text: "TIMEOUT" }]);
  });

  test("is down is tried with growing gaps, then given up with one alarm, which the next success resolves", async () => {
    const answers: string[] = [];
    group.robot.answer = (response) => {
      answers.push("no");
      response.writeHead(503).end();
    };
    await queue("a");
    await queue("b");

    const gaps = await untilNothingWaits();

    expect(gaps).toEqual([expect.anything(), 1, 2, 5, 15, 30, 60, 0]);
    expect(answers).toHaveLength(7);
    expect(await rows()).toMatchObject([
      { sent: false, given_up: true, attempts: 7 },
      { sent: false, given_up: true, attempts: 7 },
    ]);
    expect(await failing()).toMatchObject([{ status: "open", facts: { attempts: 7, error: "HTTP 503" } }]);

    group.robot.answer = taken;
    await queue("c");
    await runDueJobs(it.shop);
    expect(group.posted.at(-1)?.content).toBe("c");
    expect(await failing()).toMatchObject([{ status: "resolved" }]);
  });

  test("is down is not asked for each new message: they wait for the next try", async () => {
    group.robot.answer = (response) => response.writeHead(503).end();
    await queue("a");
    await runDueJobs(it.shop);
    await queue("b");

    await runDueJobs(it.shop);

    expect(group.posted).toHaveLength(1);
  });
});

describe("the address is a secret", () => {
  test("sealed at rest, masked to readers, and in no audit entry", async () => {
    const [stored] = await it.sql`SELECT value::text FROM settings WHERE key = 'messageWebhookUrl'`;
    const [entry] = await it.sql`SELECT before, after FROM audit_entries ORDER BY id DESC LIMIT 1`;

    expect(stored?.value).not.toContain("693a91f6");
    expect((await readSettings(it.shop.db)).messageWebhookUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/…5aaa$/);
    expect(JSON.stringify(entry)).not.toContain("693a91f6");
    expect(entry).toMatchObject({
      before: { value: "" },
      after: { value: expect.stringContaining("…5aaa") },
    });
  });

  test("the same one again changes nothing; another with the same end does", async () => {
    expect(await setWebhook(group.url)).toEqual({ changed: false });
    expect(await setWebhook(group.url.replace("693a", "794b"))).toEqual({ changed: true });
    expect(await setWebhook("")).toEqual({ changed: true });
    expect((await readSettings(it.shop.db)).messageWebhookUrl).toBe("");
  });

  test.each([
    "http://example.com/robot",
    "ftp://example.com/robot",
    "https://user:word@example.com/robot",
    "robot",
    `https://example.com/${"x".repeat(500)}`,
  ])("%s is no address of a robot", async (value) => {
    await expect(setWebhook(value)).rejects.toMatchObject({ code: "setting_invalid" });
  });

  test("a shop that is no sandbox takes https alone", async () => {
    it.shop.environment.sandbox = null;
    try {
      await expect(setWebhook(group.url)).rejects.toMatchObject({ code: "setting_invalid" });
      expect(await setWebhook("https://oapi.dingtalk.com/robot/send?access_token=abcd1234")).toEqual({
        changed: true,
      });
    } finally {
      it.shop.environment.sandbox = { webUrl: "http://127.0.0.1:1" };
    }
  });
});
