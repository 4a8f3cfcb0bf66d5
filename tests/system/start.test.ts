import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "@/lib/db/embedded/free-port";
import { processesWith } from "../support/processes";
import { type StartedShop, startShop, until } from "../support/started-shop";

const startPatienceMs = 170_000; // With a build, on a busy machine.
const stopPatienceMs = 15_000;

let dataDir: string;
let port: number;
const started: StartedShop[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "zhanggui-start-"));
  await chmod(dataDir, 0o755);
  port = await freePort();
});

afterEach(async () => {
  for (const { process: child } of started.splice(0)) child.kill("SIGKILL");
  await until("nothing is left", () => processesWith(dataDir).length === 0, stopPatienceMs);
  await rm(dataDir, { recursive: true, force: true });
});

function start(settings: Record<string, string> = {}): StartedShop {
  const shop = startShop({ DATA_DIR: dataDir, PORT: String(port), ...settings });
  started.push(shop);
  return shop;
}

async function untilReady(shop: StartedShop): Promise<void> {
  const ended = shop.exitCode.then(() => {
    throw new Error(`It ended instead of getting ready:\n${shop.output()}`);
  });
  await Promise.race([
    ended,
    until("it is ready", () => shop.output().includes("is ready"), startPatienceMs),
  ]);
}

async function health(): Promise<string> {
  const response = await fetch(`http://localhost:${port}/api/health`);
  return ((await response.json()) as { status: string }).status;
}

test("a started shop answers, says where to click, and leaves nothing behind when it is stopped", async () => {
  const shop = start();
  await untilReady(shop);
  const stream = await fetch(`http://localhost:${port}/`); // A browser keeps such a connection open.

  const printed = shop.output();
  const status = await health();
  shop.process.kill("SIGTERM");
  const code = await shop.exitCode;

  expect(stream.status).toBe(200);
  expect(["ok", "degraded"]).toContain(status);
  expect(printed).toContain(`http://localhost:${port}/dashboard`);
  expect(printed).toMatch(/sign in as \S+@\S+ with the password \S+/);
  expect(code).toBe(0);
  expect(processesWith(dataDir)).toEqual([]);
});

test("after its supervisor was killed outright the next start recovers", async () => {
  const first = start();
  await untilReady(first);
  const supervisor = processesWith(dataDir).find(({ parent }) => parent === first.process.pid);
  expect(supervisor).toBeDefined();

  process.kill(supervisor?.pid ?? 0, "SIGKILL");
  await first.exitCode;
  const second = start();
  await untilReady(second);
  const status = await health();
  second.process.kill("SIGTERM");

  expect(["ok", "degraded"]).toContain(status);
  expect(await second.exitCode).toBe(0);
  // The guard of the server that was adopted looks once a second whether anybody still uses it.
  await until("nothing is left", () => processesWith(dataDir).length === 0, 5_000);
});

test("a database that dies is started again under the running shop", async () => {
  const shop = start();
  await untilReady(shop);
  const isServer = ({ command }: { command: string }) => /bin\/postgres -D/.test(command);
  const server = processesWith(dataDir).find(isServer);

  process.kill(server?.pid ?? 0, "SIGKILL");
  await until("the database is back", () => shop.output().includes("starting it again"), 20_000);
  await until("the shop is well again", async () => (await health()) !== "down", 30_000);
  shop.process.kill("SIGTERM");

  expect(await shop.exitCode).toBe(0);
});

test("a port in use is one line and exit code 1", async () => {
  const other = createServer().listen(port);

  const shop = start();
  const code = await shop.exitCode;
  other.close();

  expect(code).toBe(1);
  expect(shop.output().trim().split("\n")).toHaveLength(1);
  expect(shop.output()).toContain(`Port ${port} is in use`);
});

test("broken settings are one list, without their values, and exit code 1", async () => {
  const shop = start({
    WECHAT_MCH_ID: "1900000109",
    WECHAT_API_KEY: "hunter2",
    SITE_URL: "https://203.0.113.9",
  });
  const code = await shop.exitCode;

  expect(code).toBe(1);
  for (const name of [
    "WECHAT_APP_ID",
    "WECHAT_APP_SECRET",
    "WECHAT_API_KEY",
    "AUTH_SECRET",
    "DATA_KEY",
    "SITE_URL",
  ]) {
    expect(shop.stderr()).toContain(`- ${name} `);
  }
  expect(shop.output()).not.toContain("hunter2");
  expect(processesWith(dataDir)).toEqual([]);
});
