import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acceptInvite } from "@/lib/staff/accept-invite";
import { addStaff } from "@/lib/staff/add-staff";
import { findInvite, inviteLifeMs } from "@/lib/staff/invite";
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
let token: string;

beforeEach(async () => {
  email = `p${crypto.randomUUID()}@shop.example`;
  token = (await addStaff(it.shop, { email, role: "owner" }, null)).inviteToken ?? "";
});

const accept = (given = password) => acceptInvite(it.shop, { token, password: given, address });

describe("a one-time link", () => {
  test("lets its person choose a password, once", async () => {
    expect(await findInvite(it.shop, token)).toMatchObject({ email });

    expect(await accept()).toMatchObject({ kind: "accepted", staff: { email, role: "owner" } });

    expect(await accept("another good one")).toEqual({ kind: "link_is_dead" });
    expect(await findInvite(it.shop, token)).toBeNull();
    expect(await signIn(it.shop, { email, password, address })).toMatchObject({ kind: "signed_in" });
  });

  test("used five times at once works once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => accept()));

    expect(outcomes.filter((outcome) => outcome.kind === "accepted")).toHaveLength(1);
  });

  test("is dead after 24 hours", async () => {
    it.clock.now = new Date(it.clock.now.getTime() + inviteLifeMs);

    expect(await findInvite(it.shop, token)).toBeNull();
    expect(await accept()).toEqual({ kind: "link_is_dead" });
  });

  test("survives a password that is refused", async () => {
    expect(await accept("short")).toEqual({ kind: "password_refused", problem: "too_short" });
    expect(await accept(email)).toEqual({ kind: "password_refused", problem: "is_email" });

    expect((await accept()).kind).toBe("accepted");
  });

  test("is stored as a hash only", async () => {
    const [row] = await it.sql`SELECT staff::text AS row FROM staff WHERE email = ${email}`;

    expect(row?.row).not.toContain(token);
  });

  test("replaces the one before it, ends no session until it is used, and all of them then", async () => {
    await accept();
    const renewed = await addStaff(it.shop, { email, role: "owner" }, null);
    expect(await findInvite(it.shop, token)).toBeNull();
    const versions = () => it.sql`SELECT session_version FROM staff WHERE email = ${email}`;
    expect(await versions()).toEqual([{ session_version: 2 }]);

    await acceptInvite(it.shop, { token: renewed.inviteToken ?? "", password: "a third password", address });

    expect(await versions()).toEqual([{ session_version: 3 }]);
  });

  test("leaves who, what and when in the audit trail", async () => {
    await accept();
    await addStaff(it.shop, { email, role: "support" }, null);

    const entries = await it.sql`
      SELECT action, before, after->>'role' AS role FROM audit_entries
      WHERE subject_id = (SELECT id::text FROM staff WHERE email = ${email}) ORDER BY id`;
    expect(entries).toEqual([
      { action: "staff.add", before: null, role: "owner" },
      { action: "staff.password", before: null, role: null },
      { action: "staff.invite", before: { role: "owner" }, role: "support" },
    ]);
  });
});
