import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { StaffRole } from "@/lib/db/schema/staff";
import { acceptInvite } from "@/lib/staff/accept-invite";
import { addStaff } from "@/lib/staff/add-staff";
import { beginTotp } from "@/lib/staff/begin-totp";
import { changeRole } from "@/lib/staff/change-role";
import { disableStaff } from "@/lib/staff/disable-staff";
import { enableStaff } from "@/lib/staff/enable-staff";
import { endOwnSessions } from "@/lib/staff/end-own-sessions";
import { endSessions } from "@/lib/staff/end-sessions";
import { findStaff } from "@/lib/staff/find-staff";
import { inviteStaff } from "@/lib/staff/invite-staff";
import { findAccount, listStaff } from "@/lib/staff/list-staff";
import { renameStaff } from "@/lib/staff/rename-staff";
import { renewInvite } from "@/lib/staff/renew-invite";
import { resetTotp } from "@/lib/staff/reset-totp";
import { signIn } from "@/lib/staff/sign-in";
import { aShop } from "../../../support/a-shop";

let it: Awaited<ReturnType<typeof aShop>>;
beforeAll(async () => {
  it = await aShop();
});
afterAll(() => it.close());

const password = "correct horse battery";
const address = "127.0.0.1";
const anEmail = () => `p${crypto.randomUUID()}@shop.example`;
const person = async (role: StaffRole) =>
  (await addStaff(it.shop, { email: anEmail(), role, name: role }, password)).id;
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
const trail = async (id: number) => {
  const rows = await it.sql`SELECT action, staff_id::int AS "by", before, after FROM audit_entries
    WHERE subject_id = ${String(id)} AND subject = 'staff' ORDER BY id`;
  return rows.filter((row) => row.by !== null);
};

let ownerId: number;
let packerId: number;
const by = () => ({ staffId: ownerId, address });

beforeEach(async () => {
  await it.sql`UPDATE staff SET disabled_at = now() WHERE disabled_at IS NULL`; // Those of the test before.
  ownerId = await person("owner");
  packerId = await person("fulfilment");
});

describe("inviting", () => {
  const invite = (email: string, name = "") =>
    inviteStaff(it.shop, { email, name, role: "support", by: by() });

  test("makes an account that its one-time link opens, and keeps who did it", async () => {
    const email = anEmail();
    const { id, inviteToken } = await invite(`  ${email.toUpperCase()} `);

    expect(await findAccount(it.shop, id)).toMatchObject({
      standing: "invited",
      email,
      name: email.split("@")[0],
      role: "support",
      lastSignInAt: null,
    });
    expect(await acceptInvite(it.shop, { token: inviteToken, password, address })).toMatchObject({
      kind: "accepted",
    });
    expect(await findAccount(it.shop, id)).toMatchObject({ standing: "active", lastSignInAt: it.clock.now });
    expect(await trail(id)).toEqual([
      { action: "staff.add", by: ownerId, before: null, after: { role: "support", entrance: "link" } },
      { action: "staff.password", by: id, before: null, after: null },
    ]);
  });

  test("refuses what is no address or has an account; of ten at once one is made", async () => {
    const email = anEmail();
    expect(await code(invite("not an address"))).toBe("email_invalid");
    expect(await code(invite(`${"a".repeat(200)}@shop.example`))).toBe("email_invalid");
    expect(await code(invite(email, "x".repeat(51)))).toBe("malformed");

    const codes = await Promise.all(Array.from({ length: 10 }, () => code(invite(email, "小王"))));

    expect(codes.sort()).toEqual(["done", ...Array(9).fill("email_taken")]);
  });

  test("a new link takes the place of the old one, and there is none for a closed account", async () => {
    const { id, inviteToken } = await invite(anEmail());
    it.clock.now = new Date(it.clock.now.getTime() + 25 * 60 * 60_000);
    expect((await findAccount(it.shop, id))?.standing).toBe("link_over");

    const renewed = await renewInvite(it.shop, { staffId: id, by: by() });

    expect(await acceptInvite(it.shop, { token: inviteToken, password, address })).toEqual({
      kind: "link_is_dead",
    });
    await disableStaff(it.shop, { staffId: id, by: by() });
    expect(await code(renewInvite(it.shop, { staffId: id, by: by() }))).toBe("account_disabled");
    expect(await acceptInvite(it.shop, { token: renewed.inviteToken, password, address })).toEqual({
      kind: "link_is_dead",
    });
  });
});

describe("managing a person", () => {
  test("role, name, sessions, second factor and account change, each with its entry and at once", async () => {
    const of = { staffId: packerId, by: by() };
    const { email } = (await findAccount(it.shop, packerId)) ?? { email: "" };
    const session = () => findStaff(it.shop.db, { id: packerId, sessionVersion: 1 });

    await changeRole(it.shop, { ...of, role: "finance" });
    expect(await session()).toMatchObject({ role: "finance" });
    await renameStaff(it.shop, { ...of, name: " 王师傅 " });
    await endSessions(it.shop, of);
    expect(await session()).toBeNull();
    await it.sql`UPDATE staff SET totp_sealed = 'x', totp_since = now() WHERE id = ${packerId}`;
    await resetTotp(it.shop, of);
    await disableStaff(it.shop, of);
    expect(await signIn(it.shop, { email, password, address })).toEqual({ kind: "refused" });
    expect((await listStaff(it.shop)).find((one) => one.id === packerId)?.standing).toBe("disabled");
    await enableStaff(it.shop, of);

    expect(await signIn(it.shop, { email, password, address })).toMatchObject({ kind: "signed_in" });
    expect((await trail(packerId)).filter((entry) => entry.by === ownerId)).toEqual([
      {
        action: "staff.change_role",
        by: ownerId,
        before: { role: "fulfilment" },
        after: { role: "finance" },
      },
      { action: "staff.rename", by: ownerId, before: null, after: null },
      { action: "staff.end_sessions", by: ownerId, before: null, after: null },
      { action: "staff.turn_totp_off", by: ownerId, before: null, after: { lost: true } },
      { action: "staff.disable", by: ownerId, before: { role: "finance" }, after: null },
      { action: "staff.enable", by: ownerId, before: null, after: { role: "finance" } },
    ]);
  });

  test("what is so already changes nothing and leaves no entry", async () => {
    const of = { staffId: packerId, by: by() };

    await changeRole(it.shop, { ...of, role: "fulfilment" });
    await renameStaff(it.shop, { ...of, name: "fulfilment" });
    await enableStaff(it.shop, of);

    expect(await trail(packerId)).toEqual([]);
    expect(await code(resetTotp(it.shop, of))).toBe("totp_state");
  });

  test("nobody but an owner who still is one, whatever their page says", async () => {
    const former = await person("owner");
    await changeRole(it.shop, { staffId: former, role: "support", by: by() });
    const byFormer = { staffId: former, address };

    expect(await code(changeRole(it.shop, { staffId: packerId, role: "owner", by: byFormer }))).toBe(
      "forbidden",
    );
    await disableStaff(it.shop, { staffId: former, by: by() });
    expect(await code(endSessions(it.shop, { staffId: packerId, by: byFormer }))).toBe("forbidden");
    expect(await code(endSessions(it.shop, { staffId: 999_999_999, by: by() }))).toBe("not_found");
  });

  test("nobody demotes, disables or resets themselves, and the last owner who can sign in stays one", async () => {
    const own = { staffId: ownerId, by: by() };
    await beginTotp(it.shop, { staffId: ownerId });
    expect(await code(disableStaff(it.shop, own))).toBe("last_owner");
    expect(await code(changeRole(it.shop, { ...own, role: "support" }))).toBe("last_owner");

    await inviteStaff(it.shop, { email: anEmail(), name: "", role: "owner", by: by() });
    expect(await code(disableStaff(it.shop, own))).toBe("last_owner"); // The other one never came.
    await person("owner");

    expect(await code(disableStaff(it.shop, own))).toBe("own_account");
    expect(await code(changeRole(it.shop, { ...own, role: "support" }))).toBe("own_account");
    expect(await code(resetTotp(it.shop, own))).toBe("own_account");
    expect(await trail(ownerId)).toEqual([]);
  });

  test("of two owners who demote or disable each other at once one is left, a hundred times", async () => {
    for (let round = 0; round < 100; round++) {
      const [a, b] = [await anOwner(), await anOwner()];
      await it.sql`UPDATE staff SET disabled_at = now() WHERE id NOT IN (${a}, ${b}) AND disabled_at IS NULL`;
      const strike = (from: number, to: number) =>
        round % 2
          ? disableStaff(it.shop, { staffId: to, by: { staffId: from, address } })
          : changeRole(it.shop, { staffId: to, role: "support", by: { staffId: from, address } });

      const codes = await Promise.all([code(strike(a, b)), code(strike(b, a))]);

      const left = await it.sql`SELECT 1 FROM staff WHERE role = 'owner' AND disabled_at IS NULL`;
      expect([codes.sort(), left.length]).toEqual([["done", "forbidden"], 1]);
    }
  });
});

test("one's own sessions end with an entry, and the account stays", async () => {
  const staff = await endOwnSessions(it.shop, { by: { staffId: packerId, address } });

  expect(staff).toMatchObject({ id: packerId, sessionVersion: 2 });
  expect(await findStaff(it.shop.db, { id: packerId, sessionVersion: 1 })).toBeNull();
  expect(await trail(packerId)).toMatchObject([{ action: "staff.end_sessions", by: packerId }]);
});

/** Without the tenth of a second that a password takes. */
async function anOwner(): Promise<number> {
  const [row] = await it.sql`
    INSERT INTO staff (email, name, role, password_hash) VALUES (${anEmail()}, 'owner', 'owner', 'x') RETURNING id::int`;
  return row?.id;
}
