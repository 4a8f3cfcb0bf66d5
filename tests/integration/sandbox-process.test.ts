import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { startReceiver } from "@/tests/support/notify-receiver";
import { startSandbox } from "@/tests/support/sandbox";
import { anOrder, call } from "@/tests/support/sandbox-call";

const node = "node_modules/.bin/node";
const main = ["--import", "tsx", "lib/sandbox/main.ts"];
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zhanggui-sandbox-"));
  folders.push(folder);
  return folder;
}

function run(env: Record<string, string>) {
  const ended = spawnSync(node, main, { env: { ...process.env, ...env }, encoding: "utf8", timeout: 10_000 });
  return { code: ended.status, said: `${ended.stdout}${ended.stderr}`.trim() };
}

test("beside a real merchant it does not run", () => {
  const ended = run({ WECHAT_MCH_ID: "1900000109", DATA_DIR: aFolder() });

  expect(ended.code).toBe(1);
  expect(ended.said).toMatch(/^sandbox: WECHAT_MCH_ID is set[^\n]*$/);
});

test("a broken setting is one clear line", () => {
  expect(run({ SANDBOX_API_PORT: "70000", DATA_DIR: aFolder() }).said).toMatch(
    /^sandbox: SANDBOX_API_PORT[^\n]*$/,
  );
  expect(run({ SANDBOX_TIME_FACTOR: "fast", DATA_DIR: aFolder() }).said).toMatch(
    /^sandbox: SANDBOX_TIME_FACTOR/,
  );
});

test("two on one folder are one too many", async () => {
  const sandbox = await startSandbox();

  const second = run({ DATA_DIR: sandbox.dataDir });
  await sandbox.stop();

  expect(second.code).toBe(1);
  expect(second.said).toMatch(/^sandbox: another sandbox is running on this data folder[^\n]*$/);
});

test("what it writes is for its own user, and every secret says that it is no real one", async () => {
  const sandbox = await startSandbox();
  const folder = join(sandbox.dataDir, "sandbox");

  const { merchant } = sandbox;
  const modes = ["merchant.json", "apiclient_key.pem", "server-key.pem", "ledger.sqlite"].map(
    (name) => statSync(join(folder, name)).mode & 0o777,
  );
  const folderMode = statSync(folder).mode & 0o777;
  await sandbox.stop();

  expect(modes).toEqual([0o600, 0o600, 0o600, 0o600]);
  expect(folderMode).toBe(0o700);
  for (const secret of [merchant.apiKey, merchant.appSecret, merchant.miniAppSecret, merchant.appKey]) {
    expect(secret).toMatch(/^sandbox/);
  }
  expect([merchant.apiKey.length, merchant.appKey.length, merchant.encodingAesKey.length]).toEqual([
    32, 128, 43,
  ]);
  expect(merchant.appId).toMatch(/^wx[0-9a-f]{16}$/);
  expect(Buffer.from(`${merchant.encodingAesKey}=`, "base64")).toHaveLength(32);
});

test("a restart keeps identity, ports, ledger and the queue of notifications", async () => {
  const receiver = await startReceiver([{ body: "not now" }]);
  const sandbox = await startSandbox();
  const order = anOrder({ notify_url: receiver.url });
  await call(sandbox, "/pay/unifiedorder", order);
  const paid = await sandbox.pay({ outTradeNo: order.out_trade_no });
  const before = sandbox.merchant;

  await sandbox.kill();
  await sandbox.restart(100);
  expect(sandbox.merchant).toEqual(before);
  await sandbox.clock({ advanceMs: 15_000 });
  await receiver.waitFor(2);
  await expect
    .poll(async () => (await sandbox.order(order.out_trade_no)).notifications[0]?.status)
    .toBe("accepted");

  const after = await sandbox.order(order.out_trade_no);
  await sandbox.stop();
  await receiver.stop();
  expect(after.transactions).toEqual(paid.order.transactions);
  expect(after.notifications[0]).toMatchObject({ status: "accepted", tries: 2 });
  expect(after.notifications[0]?.attempts).toHaveLength(2);
  expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
});

test("SIGTERM ends it within a second, open connections or not", async () => {
  const child = spawn(node, main, {
    env: { ...process.env, DATA_DIR: aFolder() },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const before = Date.now();

  child.kill("SIGTERM");
  const [code] = await once(child, "exit");

  expect(code).toBe(0);
  expect(Date.now() - before).toBeLessThan(1_000);
});

test("it ends when its parent is gone", async () => {
  const script = `
    const child = require("node:child_process").spawn(${JSON.stringify(node)}, ${JSON.stringify(main)}, { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.once("data", () => { console.log(child.pid); process.exit(0); });`;
  const parent = spawn(node, ["-e", script], { env: { ...process.env, DATA_DIR: aFolder() } });
  const [line] = await once(parent.stdout, "data");
  const pid = Number(String(line).trim());

  const isAlive = () => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  for (let waited = 0; waited < 30 && isAlive(); waited += 1) await sleep(100);

  expect(isAlive()).toBe(false);
});
