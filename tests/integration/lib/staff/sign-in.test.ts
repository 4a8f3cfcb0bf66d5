import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoAccount } from "@/lib/demo/demo-staff";
import { addStaff } from "@/lib/staff/add-staff";
import { findStaff } from "@/lib/staff/find-staff";
import { signIn } from "@/lib/staff/sign-in";
import { aShop } from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const password = "correct horse battery";
const address = "127.0.0.1";
let email: string;
let id: number;

beforeEach(async () => {
  email = `p${crypto.randomUUID()}@shop.example`;
  id = (await addStaff(it.shop, { email, role: "finance" }, password)).id;
});

const attempt = (given: string, of: { email?: string; address?: string } = {}) =>
  signIn(it.shop, { email: of.email ?? email, password: given, address: of.address ?? address });
const minutes = (count: number) => count * 60_000;

describe("signing in", () => {
  test("the right password opens the desk, whatever the case of the email, and leaves an audit entry", async () => {
    const outcome = await attempt(password, { email: ` ${email.toUpperCase()} ` });

    expect(outcome).toMatchObject({ kind: "signed_in", staff: { id, role: "finance" } });
    const entries = await it.sql`SELECT action, address FROM audit_entries WHERE staff_id = ${id}`;
    expect(entries).toEqual([{ action: "staff.sign_in", address }]);
  });

  test("unknown email, wrong password, disabled account and unused link get the same answer", async () => {
    const disabled = `d${email}`;
    await addStaff(it.shop, { email: disabled, role: "owner" }, password);
    await it.sql`UPDATE staff SET disabled_at = now() WHERE email = ${disabled}`;
    const invited = `i${email}`;
    await addStaff(it.shop, { email: invited, role: "owner" }, null);

    const answers = [
      await attempt(password, { email: `nobody-${email}` }),
      await attempt("wrong"),
      await attempt(password, { email: disabled }),
      await attempt("", { email: invited }),
    ];

    expect(answers).toEqual(Array(4).fill({ kind: "refused" }));
  });

  test.each(["known", "unknown"])(
    "ten failures of a %s email lock it for 15 minutes, and nine do not",
    async (kind) => {
      const of = { email: kind === "known" ? email : `nobody-${email}` };

      for (let n = 1; n <= 9; n++) expect(await attempt("wrong", of)).toEqual({ kind: "refused" });
      const tenth = await attempt("wrong", of);
      const eleventh = await attempt(password, of);

      const until = new Date(it.clock.now.getTime() + minutes(15));
      expect([tenth, eleventh]).toEqual([
        { kind: "locked", until },
        { kind: "locked", until },
      ]);
    },
  );

  test("the lock is kept in the audit trail once, and grows when guessing goes on", async () => {
    for (let n = 1; n <= 12; n++) await attempt("wrong");
    it.clock.now = new Date(it.clock.now.getTime() + minutes(16));
    for (let n = 1; n <= 4; n++) expect(await attempt("wrong")).toEqual({ kind: "refused" });

    const again = await attempt("wrong");

    expect(again).toEqual({ kind: "locked", until: new Date(it.clock.now.getTime() + minutes(30)) });
    const entries =
      await it.sql`SELECT 1 FROM audit_entries WHERE action = 'staff.lock' AND subject_id = ${String(id)}`;
    expect(entries).toHaveLength(2);
  });

  test("when the lock is over the right password works and the count starts anew", async () => {
    for (let n = 1; n <= 10; n++) await attempt("wrong");
    it.clock.now = new Date(it.clock.now.getTime() + minutes(15) + 1);

    expect((await attempt(password)).kind).toBe("signed_in");
    for (let n = 1; n <= 9; n++) expect((await attempt("wrong")).kind).toBe("refused");
  });

  test("forty guesses at once get no more than ten looks at the password", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => attempt("wrong")));

    const [row] = await it.sql`SELECT failed_sign_ins FROM staff WHERE id = ${id}`;
    expect(row?.failed_sign_ins).toBe(10);
    expect(answers.filter((answer) => answer.kind === "refused")).toHaveLength(9);
  });

  test("one address may try twenty times a minute; loopback is exempt", async () => {
    const from = { address: "203.0.113.7" };
    for (let n = 1; n <= 20; n++) await attempt(password, from);

    await expect(attempt(password, from)).rejects.toMatchObject({ code: "too_many_requests" });
    expect((await attempt(password)).kind).toBe("signed_in");
  });

  test("the demo account cannot sign in to a real shop", async () => {
    await addStaff(it.shop, { email: demoAccount.email, role: "owner" }, demoAccount.password);

    expect(await attempt(demoAccount.password, { email: demoAccount.email })).toEqual({ kind: "refused" });
  });
});

describe("a session", () => {
  test("ends when its version is raised or the account disabled, and follows the row's role", async () => {
    const claims = { id, sessionVersion: 1 };
    expect(await findStaff(it.shop.db, claims)).toMatchObject({ role: "finance" });

    await it.sql`UPDATE staff SET role = 'support' WHERE id = ${id}`;
    expect(await findStaff(it.shop.db, claims)).toMatchObject({ role: "support" });

    await it.sql`UPDATE staff SET session_version = 2 WHERE id = ${id}`;
    expect(await findStaff(it.shop.db, claims)).toBeNull();

    await it.sql`UPDATE staff SET disabled_at = now() WHERE id = ${id}`;
    expect(await findStaff(it.shop.db, { id, sessionVersion: 2 })).toBeNull();
  });
});
