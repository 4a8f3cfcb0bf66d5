import { afterAll, beforeAll, expect, test } from "vitest";
import { newRefundNo } from "@/tests/support/refund-at-sandbox";
import { runSandboxCommand } from "@/tests/support/run-sandbox-command";
import { type LedgerRefund, type SandboxProcess, startSandbox } from "@/tests/support/sandbox";
import { anOrder, call } from "@/tests/support/sandbox-call";

let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const run = (...words: string[]) => runSandboxCommand(sandbox, words);

async function aPaidOrder() {
  const fields = anOrder();
  await call(sandbox, "/pay/unifiedorder", fields);
  await sandbox.pay({ outTradeNo: fields.out_trade_no });
  return fields.out_trade_no;
}
async function aRefund(outTradeNo: string) {
  const outRefundNo = newRefundNo();
  const fields = {
    out_trade_no: outTradeNo,
    out_refund_no: outRefundNo,
    total_fee: "8800",
    refund_fee: "1200",
  };
  const answer = await call(sandbox, "/secapi/pay/refund", fields, { withCertificate: true });
  return { outRefundNo, answer };
}

test("a slow bank, then a refund that is ended by hand, and what there is to see of it", async () => {
  const slow = run("refund-settings", "--hold");
  const outTradeNo = await aPaidOrder();
  const { outRefundNo } = await aRefund(outTradeNo);

  const waiting = run("refunds", outTradeNo, "--status", "PROCESSING");
  const ended = run("refund", outRefundNo, "success", "--to", "招商银行信用卡0403");
  const shown = run("show", outTradeNo);
  const listed = JSON.parse(run("refunds", outTradeNo, "--json").out) as { refunds: LedgerRefund[] };

  expect(slow.out).toContain("end when told");
  expect(waiting.out).toContain(`${outRefundNo}`);
  expect(waiting.out).toContain("until told");
  expect(ended.out).toContain("SUCCESS  ¥12.00  招商银行信用卡0403");
  expect(shown.out).toContain("(asked 1×, executed 1×)");
  expect(shown.out).toContain(`(refund SUCCESS, ${outRefundNo}): waiting`);
  expect(listed.refunds).toMatchObject([{ outRefundNo, recvAccount: "招商银行信用卡0403" }]);
});

test("a plan for one order, a message that is only a message, and the same bytes again", async () => {
  const outTradeNo = await aPaidOrder();
  const planned = run("refund-plan", outTradeNo, "--outcome", "change", "--after", "0s");
  const { outRefundNo } = await aRefund(outTradeNo);
  await expect
    .poll(async () => (await sandbox.refund(outRefundNo))?.status, { timeout: 20_000 })
    .toBe("CHANGE");

  const said = run("refund", outRefundNo, "SUCCESS", "--message-only", "--notify-amount", "1", "--forged");
  const again = run("resend", outRefundNo, "--refund");

  expect(planned.out).toContain("armed as fault");
  expect(said.out).toContain("CHANGE");
  expect(again.out).toContain("(again)");
  expect((await sandbox.refund(outRefundNo))?.status).toBe("CHANGE");
});

test("a refund by hand, in the portal", async () => {
  const outTradeNo = await aPaidOrder();

  const made = run("portal-refund", outTradeNo, "--amount", "300", "--recharge", "--hold");

  expect(made.out).toMatch(/^accepted: 10[0-9]{26} .* ¥3\.00/);
  expect(await sandbox.refunds(outTradeNo)).toMatchObject([
    { source: "VENDOR_PLATFORM", account: "REFUND_SOURCE_RECHARGE_FUNDS", settleAt: null },
  ]);
});

test("an empty purse until it is topped up", async () => {
  const outTradeNo = await aPaidOrder();

  const emptied = run("purse", "--unsettled", "0");
  const { answer } = await aRefund(outTradeNo);
  const filled = run("purse", "--top-up", "1200");

  expect(emptied.out).toContain("unsettled ¥0.00");
  expect(answer.err_code).toBe("NOTENOUGH");
  expect(filled.out).toContain("unsettled ¥12.00");
  expect(run("state").out).toContain("purses: unsettled ¥12.00");
});

const wrong: [string[], RegExp][] = [
  [["refund", "NONE"], /refund takes 2 words/],
  [["refund", "NONE", "SUCCESS"], /ledger has no refund NONE/],
  [["refund", "NONE", "HAPPY"], /status: /],
  [["refund", "NONE", "SUCCESS", "--forged", "--fail"], /choose one of --forged/],
  [["refund-plan", "next", "--outcome", "PROCESSING"], /outcome: /],
  [["refund-plan", "next", "--hold", "--after", "5m"], /choose one of --after, --hold/],
  [["portal-refund", "NONE"], /refundFen: /],
  [["portal-refund", "NONE", "--amount", "1"], /ORDERNOTEXIST/],
  [["purse", "--unsettled", "-1"], /--unsettled/],
  [["refund-settings", "--notify-url", "ftp://x"], /notifyUrl: /],
];
test.each(wrong)("%j is one clear line and exit 1", (words, line) => {
  const ended = run(...words);

  expect(ended.code).toBe(1);
  expect(ended.error).toMatch(line);
  expect(ended.error.split("\n")).toHaveLength(1);
});
