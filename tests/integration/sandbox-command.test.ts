import { afterAll, beforeAll, expect, test } from "vitest";
import { startReceiver } from "@/tests/support/notify-receiver";
import { runSandboxCommand } from "@/tests/support/run-sandbox-command";
import { type LedgerOrder, type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call } from "@/tests/support/sandbox-call";

let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const run = (...words: string[]) => runSandboxCommand(sandbox, words);

test("pay moves the money and says how the notification fared", async () => {
  const order = anOrder({ notify_url: "http://127.0.0.1:9/api/notify" });
  await call(sandbox, "/pay/unifiedorder", order);

  const paid = run("pay", order.out_trade_no, "--amount", "1");
  const shown = run("show", order.out_trade_no, "--json");

  expect(paid.code).toBe(0);
  expect(paid.out).toContain(`${order.out_trade_no}: transaction 4299`);
  expect(paid.out).toContain("unreachable");
  expect((JSON.parse(shown.out) as LedgerOrder).transactions[0]?.totalFen).toBe(1);
});

test("the options of the contract work together", async () => {
  const receiver = await startReceiver();
  const order = anOrder({ notify_url: receiver.url });
  await call(sandbox, "/pay/unifiedorder", order);

  // spawnSync stops this process, and with it the receiver: only late notifications can be answered.
  const paid = run("pay", order.out_trade_no, "--twice", "--late", "1s", "--amount", "1");
  await receiver.waitFor(2);
  await receiver.stop();

  expect(paid.code).toBe(0);
  expect((await sandbox.order(order.out_trade_no)).transactions.map((one) => one.totalFen)).toEqual([1, 1]);
});

test("the beginning of a number is not paid but completed", async () => {
  const order = anOrder();
  await call(sandbox, "/pay/unifiedorder", order);

  const ended = run("pay", order.out_trade_no.slice(0, -1));

  expect(ended.code).toBe(1);
  expect(ended.error).toContain(`did you mean ${order.out_trade_no}`);
});

test("reorder and next arm what happens later", async () => {
  const armed = run("pay", "next", "--reorder");
  const planned = run("pay", "next", "--forged");
  const listed = run("faults");
  const cleared = run("faults", "clear");

  expect(armed.out).toContain("armed as fault");
  expect(planned.out).toContain("the next payment at the cashier");
  expect(listed.out).toMatch(/unifiedorder reorder.*\n.*payment plan \(claim=forged\)/);
  expect(cleared.out).toContain("2 disarmed");
});

test("every other command answers", () => {
  for (const words of [
    ["help"],
    ["state"],
    ["orders"],
    ["calls"],
    ["buyers"],
    ["buyer", "lin"],
    ["code", "--mini"],
    ["clock", "--factor", "10", "--advance", "5m"],
    ["clock", "--reset"],
    ["console"],
    ["refunds"],
    ["purse"],
    ["refund-settings", "--after", "2s", "--gap", "60s", "--notify-url", "-"],
    ["refund-plan", "next", "--outcome", "CHANGE", "--times", "2"],
    ["fault", "refund", "timeout"],
    ["faults"],
    ["fault", "orderquery", "slow", "--delay", "1s", "--times", "2"],
  ]) {
    const ended = run(...words);
    expect({ words, code: ended.code, error: ended.error }).toEqual({ words, code: 0, error: "" });
    expect(ended.out.trim()).not.toBe("");
  }
});

const wrong: [string[], RegExp][] = [
  [["sing"], /there is no command "sing"/],
  [["pay"], /pay takes 1 word/],
  [["pay", "A", "B"], /pay takes 1 word/],
  [["pay", "A", "--loudly"], /Unknown option '--loudly'/],
  [["pay", "A", "--late", "soon"], /--late is a time/],
  [["pay", "A", "--amount", "1.5"], /--amount is a whole number/],
  [["pay", "A", "--forged", "--weaker"], /choose one of/],
  [["pay", "NEVER_SEEN"], /ledger has no NEVER_SEEN: was unifiedorder/],
  [["show", "NEVER_SEEN"], /ledger has no NEVER_SEEN/],
  [["fault", "orderquery", "explode"], /orderquery can be: timeout/],
  [["fault", "nothing", "reset"], /call: /],
];
test.each(wrong)("%j is one clear line and exit 1", (words, line) => {
  const ended = run(...words);

  expect(ended.code).toBe(1);
  expect(ended.error).toMatch(line);
  expect(ended.error.split("\n")).toHaveLength(1);
});

test("without a running sandbox it says so", async () => {
  const other = await startSandbox({ dataDir: `${sandbox.dataDir}/other` });
  await other.stop();

  const ended = runSandboxCommand({ dataDir: `${sandbox.dataDir}/other` }, ["state"]);

  expect(ended.code).toBe(1);
  expect(ended.error).toMatch(/^sandbox: the sandbox is not running: start it with `npm start`[^\n]*$/);
});
