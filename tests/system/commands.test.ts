import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addStaff } from "@/lib/staff/add-staff";
import { aPaidOrder } from "@/tests/support/a-paid-order";
import { aRunningShop, type RunningShop } from "@/tests/support/a-running-shop";
import { withAuthenticator } from "@/tests/support/an-authenticator";
import { signInOverHttp } from "@/tests/support/at-the-desk";
import { runCommand } from "@/tests/support/run-command";

let running: RunningShop;
beforeAll(async () => {
  running = await aRunningShop();
});
afterAll(() => running?.stop());

const anEmail = () => `new-${crypto.randomUUID().slice(0, 8)}@shop.example`;

describe("npm run trace", () => {
  test("prints one order's life in time order, found by any of its numbers, with no secret and no openid", async () => {
    const order = await aPaidOrder(running, { twice: true });

    const [traced, same] = await Promise.all([
      runCommand(running, "trace", [order.orderNo]),
      runCommand(running, "trace", [order.transactionIds[1] ?? ""]),
    ]);

    expect(traced.exitCode).toBe(0);
    const told = [
      `Order ${order.orderNo}, times in Asia/Shanghai`,
      "order create",
      "payment create",
      "call unifiedorder",
      "payment open",
      "notification paid",
      "receipt settling",
      "payment pay",
      "order pay",
      "notification second_transaction",
      "receipt surplus",
      "job waits",
    ];
    const places = told.map((words) => traced.stdout.indexOf(words));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(traced.stdout).not.toMatch(/[0-9A-Fa-f]{32}|(?<![\w-])o[\w-]{27}(?![\w-])/);
    expect(traced.stdout).not.toContain(running.environment.wechat.apiKey);
    const times = traced.stdout
      .split("\n")
      .slice(1)
      .filter(Boolean)
      .map((line) => line.slice(0, 23));
    expect(times).toEqual([...times].sort());
    expect(same.stdout.split("\n")[0]).toBe(traced.stdout.split("\n")[0]);
  });

  test.each([
    [["26000000000000000000"], "No order has the number"],
    [[], "Which order?"],
  ])("of %j is one clear line and exit 1", async (args, line) => {
    const { exitCode, stdout, stderr } = await runCommand(running, "trace", args);

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(line);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("a command that cannot work", () => {
  test.each([
    [
      "a database that is away",
      { DATABASE_URL: "postgres://127.0.0.1:1/shop" },
      "cannot be reached (ECONNREFUSED)",
    ],
    ["a folder nothing was started in", { DATA_DIR: "/nowhere/at/all", DATABASE_URL: "" }, "use `npm start`"],
  ])("says so of %s, and makes nothing", async (_, settings, line) => {
    const { exitCode, stdout, stderr } = await runCommand(running, "trace", ["1"], { settings });

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(line);
    expect(stderr).not.toContain("    at "); // No stack.
  });
});

describe("npm run staff", () => {
  test("add prints a link on the shop's own address, and again another one that replaces it", async () => {
    const email = anEmail();

    const first = await runCommand(running, "staff", ["add", email.toUpperCase(), "--role", "owner"]);
    const second = await runCommand(running, "staff", ["add", email, "--role", "finance", "--name", "小李"]);

    expect(first.stdout).toContain(`Added ${email} as owner.`);
    expect(second.stdout).toContain(`Updated ${email} as finance (was owner).`);
    const links = [first, second].map(
      ({ stdout }) => /http:\/\/\S+\/invite\/[\w-]{43}/.exec(stdout)?.[0] ?? "",
    );
    expect(links.every((link) => link.startsWith(running.environment.siteUrl))).toBe(true);
    const pages = await Promise.all(links.map(async (link) => (await fetch(link)).text()));
    expect(pages.map((page) => page.includes(email))).toEqual([false, true]);
  });

  test("--password-stdin sets the password at once, and refuses one that will not do", async () => {
    const email = anEmail();
    const add = (password: string) =>
      runCommand(running, "staff", ["add", email, "--role", "support", "--password-stdin"], {
        stdin: password,
      });

    const refused = await add("1234567890\n");
    const added = await add("correct horse battery\n");

    expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
    expect(refused.stderr).toContain("on every guesser's list");
    expect(added.exitCode).toBe(0);
    expect(added.stdout).not.toContain("/invite/");
    expect(await signInOverHttp(running.url, { email, password: "correct horse battery" })).not.toBeNull();
  });

  test("reset-second-factor lets the only owner in again with the password alone, and ends their sessions", async () => {
    const email = anEmail();
    const { id } = await addStaff(running.shop, { email, role: "owner" }, "correct horse battery");
    const reset = (of: string) => runCommand(running, "staff", ["reset-second-factor", of]);
    expect((await reset(email)).stdout).toContain("is off already");
    await withAuthenticator(running.shop, id);
    const enter = () => signInOverHttp(running.url, { email, password: "correct horse battery" });
    expect(await enter()).toBeNull();

    const done = await reset(email.toUpperCase());

    expect(done.stdout).toContain(`The second factor of ${email} is off`);
    expect(await enter()).not.toBeNull();
    const rows = await running.shop.sql`
      SELECT session_version AS version, (SELECT count(*)::int FROM staff_recovery_codes WHERE staff_id = ${id}) AS codes,
        (SELECT after FROM audit_entries WHERE action = 'staff.turn_totp_off' AND subject_id = ${String(id)}) AS after
      FROM staff WHERE id = ${id}`;
    expect(rows).toEqual([{ version: 2, codes: 0, after: { lost: true, by: "command line" } }]);
    expect(await reset("nobody@shop.example")).toMatchObject({ exitCode: 1, stdout: "" });
  });

  test.each([
    [["add", "not-an-email", "--role", "owner"], "EMAIL is not an email address."],
    [
      ["add", "a@shop.example", "--role", "boss"],
      "--role must be one of owner, finance, fulfilment, support.",
    ],
    [["add", "a@shop.example"], "--role must be one of"],
    [["remove", "a@shop.example"], "Usage: npm run staff"],
    [["add", "a@shop.example", "--role", "owner", "--pasword"], "--pasword"],
  ])("%j is refused in words", async (args, line) => {
    const { exitCode, stdout, stderr } = await runCommand(running, "staff", args);

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(line);
    expect(stderr).not.toContain("    at "); // No stack.
  });
});
