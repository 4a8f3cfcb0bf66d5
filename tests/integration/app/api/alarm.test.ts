import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { POST } from "@/app/api/alarm/route";
import { aShop, post, testWechat } from "@/tests/support/a-shop";
import { anAlarm, sayAlarm as say } from "@/tests/support/an-alarm";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
beforeEach(async () => {
  it.shop.environment.wechat.appKey = testWechat.appKey;
  await it.sql`TRUNCATE notifications, stray_counts, alarms CASCADE`;
});
afterAll(() => it.close());

const stored = () => it.sql`SELECT kind, verdict, answer, copies FROM notifications ORDER BY id`;
const raised = () => it.sql`SELECT source, kind, status, count, facts FROM alarms ORDER BY id`;

test("a true alarm is stored, raised once and answered success as plain text", async () => {
  const response = await POST(post(anAlarm(), "http://shop.test/api/alarm"));

  expect([response.status, await response.text()]).toEqual([200, "success"]);
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await stored()).toEqual([{ kind: "alarm", verdict: "stored", answer: "success", copies: 0 }]);
  expect(await raised()).toMatchObject([
    {
      source: "wechat",
      kind: "1001",
      status: "open",
      count: 1,
      facts: { errorType: "1001", alarmContent: "transaction_id=4200000000202604010000000001" },
    },
  ]);
});

test("copies, also twenty at once, are counted and raise nothing more", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => say(anAlarm())));

  for (const answer of answers) expect(answer).toEqual({ status: 200, text: "success" });
  expect(await stored()).toMatchObject([{ copies: 19 }]);
  expect(await raised()).toMatchObject([{ count: 1 }]);
});

test("a copy is known by app, type, time and content; the description may change", async () => {
  await say(anAlarm());
  await say(anAlarm({ Description: "other words" }));
  await say(anAlarm({ TimeStamp: "1393860741" }));
  await say(anAlarm({ AlarmContent: "transaction_id=42" }));
  await say(anAlarm({ ErrorType: "1002" }));

  expect((await stored()).map(({ copies }) => copies)).toEqual([1, 0, 0, 0]);
});

test("an alarm years old is accepted: there is no time window", async () => {
  expect(await say(anAlarm({ TimeStamp: "1" }))).toEqual({ status: 200, text: "success" });
});

test("only the five documented fields are signed: others change nothing", async () => {
  const body = anAlarm().replace("</xml>", "<Extra><![CDATA[1]]></Extra></xml>");

  expect(await say(body)).toEqual({ status: 200, text: "success" });
});

test.each(["Description", "AlarmContent", "TimeStamp", "ErrorType", "AppId"])(
  "a changed %s is forged: 400 fail",
  async (name) => {
    const body = anAlarm().replace(new RegExp(`<${name}>.*?</${name}>`), `<${name}>7</${name}>`);

    expect(await say(body)).toEqual({ status: 400, text: "fail" });
    expect(await stored()).toMatchObject([{ verdict: "forged", answer: "fail" }]);
    expect(await raised()).toMatchObject([{ source: "shop", kind: "forged_notification" }]);
  },
);

test("another app's alarm, signed with our key, is not ours: stored, 400 fail, nothing raised", async () => {
  expect(await say(anAlarm({ AppId: "wx0000000000000000" }))).toEqual({ status: 400, text: "fail" });
  expect(await stored()).toMatchObject([{ verdict: "not_ours", answer: "fail" }]);
  expect(await raised()).toEqual([]);
});

test("without the appkey an alarm is kept as unverified and answered 503; with it the retry is accepted", async () => {
  it.shop.environment.wechat.appKey = null;
  const before = await say(anAlarm());
  it.shop.environment.wechat.appKey = testWechat.appKey;

  const after = await say(anAlarm());

  expect(before).toEqual({ status: 503, text: "fail" });
  expect(after).toEqual({ status: 200, text: "success" });
  expect((await stored()).map(({ verdict }) => verdict)).toEqual(["unverified", "stored"]);
  expect(await raised()).toHaveLength(1);
});

test("the same trouble said again counts up on the alarm that is open, and is a new one once that is resolved", async () => {
  await say(anAlarm());
  await say(anAlarm({ TimeStamp: "1393860741" }));
  await it.sql`UPDATE alarms SET status = 'resolved', resolved_at = now()`;

  await say(anAlarm({ TimeStamp: "1393860742" }));

  expect(await raised()).toMatchObject([
    { status: "resolved", count: 2, facts: { timeStamp: "1393860741" } },
    { status: "open", count: 1 },
  ]);
});

test.each([
  ["markup", "<script>alert(1)</script>'; DROP TABLE alarms; --"],
  ["an emoji and a right-to-left mark", "😱\u202e 1001"],
  ["a text as long as a message", "告".repeat(5000)],
  ["nothing", ""],
])("free text is only text: %s", async (_what, text) => {
  const answer = await say(anAlarm({ Description: text, AlarmContent: text }));

  expect(answer).toEqual({ status: 200, text: "success" });
  expect(await raised()).toMatchObject([{ facts: { description: text.slice(0, 1000) } }]);
});

test("an ErrorType that nobody documented is raised as it is", async () => {
  await say(anAlarm({ ErrorType: "1", Description: "test", AlarmContent: "test" }));

  expect(await raised()).toMatchObject([{ source: "wechat", kind: "1", status: "open" }]);
});

test("an alarm that was stored and not raised, by an older version, is raised by the copy that follows", async () => {
  await say(anAlarm());
  await it.sql`TRUNCATE alarms CASCADE`;
  await it.sql`UPDATE notifications SET applied_at = NULL`;

  const answer = await say(anAlarm());

  expect(answer).toEqual({ status: 200, text: "success" });
  expect(await raised()).toHaveLength(1);
});

test("an alarm that cannot be raised is answered fail, so that WeChat comes again", async () => {
  await it.sql`ALTER TABLE alarms ADD CONSTRAINT broken CHECK (source <> 'wechat')`;
  const broken = await say(anAlarm());
  await it.sql`ALTER TABLE alarms DROP CONSTRAINT broken`;

  const retried = await say(anAlarm());

  expect(broken).toEqual({ status: 503, text: "fail" });
  expect(await stored()).toMatchObject([{ copies: 0 }]); // Nothing of the first was kept.
  expect(retried).toEqual({ status: 200, text: "success" });
  expect(await raised()).toHaveLength(1);
});
