import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { unseal } from "@/lib/db/seal";
import { addStaff } from "@/lib/staff/add-staff";
import { beginTotp } from "@/lib/staff/begin-totp";
import { changePassword } from "@/lib/staff/change-password";
import { confirmPerson } from "@/lib/staff/confirm-person";
import { finishSignIn } from "@/lib/staff/finish-sign-in";
import { renewRecoveryCodes } from "@/lib/staff/renew-recovery-codes";
import { signIn } from "@/lib/staff/sign-in";
import { turnTotpOff } from "@/lib/staff/turn-totp-off";
import { turnTotpOn } from "@/lib/staff/turn-totp-on";
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
let totp: TOTP;
let recoveryCodes: string[];

const by = () => ({ staffId: id, address });
const later = (seconds: number) => {
  it.clock.now = new Date(it.clock.now.getTime() + seconds * 1000);
};
const codeNow = () => totp.generate({ timestamp: it.clock.now.getTime() });
const rowOf = async () => (await it.sql`SELECT * FROM staff WHERE id = ${id}`)[0] ?? {};
const entries = async () => {
  const rows = await it.sql`SELECT action FROM audit_entries WHERE subject_id = ${String(id)} ORDER BY id`;
  return rows.map((row) => row.action);
};

beforeEach(async () => {
  email = `p${crypto.randomUUID()}@shop.example`;
  id = (await addStaff(it.shop, { email, role: "finance" }, password)).id;
  await beginTotp(it.shop, { staffId: id });
  const { totp_sealed } = await rowOf();
  const secret = unseal(String(totp_sealed), it.shop.environment.dataKey) ?? "";
  totp = new TOTP({ secret: Secret.fromBase32(secret) });
  ({ recoveryCodes } = await turnTotpOn(it.shop, { code: codeNow(), by: by() }));
  later(30); // The first code is used up.
});

const withPassword = () => signIn(it.shop, { email, password, address });
const withCode = (typed: string, sessionVersion = 1) =>
  finishSignIn(it.shop, { id, sessionVersion, typed, address });
const confirm = (proof: { code?: string; password?: string }) =>
  confirmPerson(it.shop, { by: by(), proof: { code: "", password: "", ...proof } });

describe("turning the second factor on", () => {
  test("keeps a sealed secret and ten hashes, and nothing of it in the trail", async () => {
    const stored = await it.sql`
      SELECT (SELECT s::text FROM staff s WHERE s.id = ${id}) AS person,
        (SELECT string_agg(c::text, ' ') FROM staff_recovery_codes c WHERE c.staff_id = ${id}) AS codes,
        (SELECT string_agg(a::text, ' ') FROM audit_entries a WHERE a.subject_id = ${String(id)}) AS trail`;

    const text = JSON.stringify(stored);
    expect(recoveryCodes).toHaveLength(10);
    for (const secret of [totp.secret.base32, ...recoveryCodes]) expect(text).not.toContain(secret);
    expect(await entries()).toEqual(["staff.add", "staff.turn_totp_on"]);
  });

  test("takes a right code of a secret that was begun, once", async () => {
    const other = await addStaff(it.shop, { email: `o${email}`, role: "owner" }, password);
    const theirs = { staffId: other.id, address };
    await expect(turnTotpOn(it.shop, { code: codeNow(), by: theirs })).rejects.toMatchObject({
      code: "totp_state",
    });
    await beginTotp(it.shop, { staffId: other.id });
    await expect(turnTotpOn(it.shop, { code: codeNow(), by: theirs })).rejects.toMatchObject({
      code: "code_wrong",
    });

    await expect(beginTotp(it.shop, { staffId: id })).rejects.toMatchObject({ code: "totp_state" });
    await expect(turnTotpOn(it.shop, { code: codeNow(), by: by() })).rejects.toMatchObject({
      code: "totp_state",
    });
  });
});

describe("signing in with a second factor", () => {
  test("the password alone opens nothing, and a code after it does", async () => {
    expect(await withPassword()).toMatchObject({ kind: "code_needed" });
    expect((await rowOf()).last_sign_in_at).toBeNull();

    expect(await withCode(codeNow())).toMatchObject({ kind: "signed_in", left: null, staff: { id } });

    expect(new Date(String((await rowOf()).last_sign_in_at))).toEqual(it.clock.now);
    const [entry] =
      await it.sql`SELECT after FROM audit_entries WHERE action = 'staff.sign_in' AND staff_id = ${id}`;
    expect(entry?.after).toEqual({ secondFactor: "code" });
  });

  test("a code is good once, also for nine at the same time, and an older one never after it", async () => {
    const before = totp.generate({ timestamp: it.clock.now.getTime() - 30_000 });
    const code = codeNow();

    const outcomes = await Promise.all(Array.from({ length: 9 }, () => withCode(code)));

    expect(outcomes.filter(({ kind }) => kind === "signed_in")).toHaveLength(1);
    expect(await withCode(before)).toEqual({ kind: "refused" });
    later(30);
    expect(await withCode(codeNow())).toMatchObject({ kind: "signed_in" });
  });

  test("a code of a minute ago is too old; one that a slow phone shows is not", async () => {
    const [old, slow] = [60, 30].map((s) =>
      totp.generate({ timestamp: it.clock.now.getTime() - s * 1000 + 60_000 }),
    );
    later(60);

    expect(await withCode(old ?? "")).toEqual({ kind: "refused" });
    expect(await withCode(slow ?? "")).toMatchObject({ kind: "signed_in" });
  });

  test("a recovery code opens once, is recorded, and tells how many are left", async () => {
    const [first = "", second = ""] = recoveryCodes;

    const outcomes = await Promise.all([withCode(first.toLowerCase()), withCode(first), withCode(first)]);

    expect(outcomes.filter(({ kind }) => kind === "signed_in")).toEqual([
      expect.objectContaining({ left: 9 }),
    ]);
    expect(await withCode(first)).toEqual({ kind: "refused" });
    expect(await withCode(second.replaceAll("-", " "))).toMatchObject({ kind: "signed_in", left: 8 });
    expect((await entries()).filter((action) => action === "staff.use_recovery_code")).toHaveLength(2);
  });

  test("wrong codes lock the account as wrong passwords do, and the right password in between does not help", async () => {
    for (let n = 1; n <= 9; n++) {
      expect((await withPassword()).kind).toBe("code_needed");
      expect(await withCode("000000")).toEqual({ kind: "refused" });
    }
    expect(await withCode("000000")).toMatchObject({ kind: "locked" });

    expect((await withPassword()).kind).toBe("locked");
    expect((await withCode(codeNow())).kind).toBe("locked");
    expect(await entries()).toContain("staff.lock");
    later(15 * 60 + 1);
    expect((await withPassword()).kind).toBe("code_needed");
    expect((await withCode(codeNow())).kind).toBe("signed_in");
    expect(await rowOf()).toMatchObject({ failed_sign_ins: 0, locked_until: null });
  });

  test("forty codes at once get no more than ten looks", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => withCode("000000")));

    expect(answers.filter(({ kind }) => kind === "refused")).toHaveLength(9);
    expect((await rowOf()).failed_sign_ins).toBe(10);
  });

  test("half a sign-in ends with the password, the sessions, the account and the second factor it began with", async () => {
    expect(await withCode(codeNow(), 2)).toEqual({ kind: "start_again" });
    await it.sql`UPDATE staff SET disabled_at = now() WHERE id = ${id}`;
    expect(await withCode(codeNow())).toEqual({ kind: "start_again" });
    await it.sql`UPDATE staff SET disabled_at = NULL WHERE id = ${id}`;
    await turnTotpOff(it.shop, { code: codeNow(), by: by() });
    later(30);
    expect(await withCode(codeNow())).toEqual({ kind: "start_again" });

    expect(await withPassword()).toMatchObject({ kind: "signed_in" });
  });

  test("after another DATA_KEY a code cannot be right, which is said and not counted; a recovery code opens", async () => {
    const { environment } = it.shop;
    const moved = {
      ...it.shop,
      environment: { ...environment, dataKey: Buffer.alloc(32, 7).toString("base64") },
    };
    const enter = (typed: string) => finishSignIn(moved, { id, sessionVersion: 1, typed, address });

    expect(await enter(codeNow())).toEqual({ kind: "unreadable" });
    expect((await rowOf()).failed_sign_ins).toBe(0);
    await expect(
      confirmPerson(moved, { by: by(), proof: { code: codeNow(), password: "" } }),
    ).rejects.toMatchObject({ code: "totp_unreadable" });
    expect(await enter(recoveryCodes[0] ?? "")).toMatchObject({ kind: "signed_in", left: 9 });
  });
});

describe("a confirmation", () => {
  test("is a code where there is a second factor, and the password alone is not enough", async () => {
    await expect(confirm({})).rejects.toMatchObject({ code: "step_up_required" });
    await expect(confirm({ password })).rejects.toMatchObject({ code: "code_wrong" });
    await expect(confirm({ code: "000000" })).rejects.toMatchObject({ code: "code_wrong" });

    const code = codeNow();
    await confirm({ code });

    await expect(confirm({ code })).rejects.toMatchObject({ code: "code_wrong" });
    const [entry] =
      await it.sql`SELECT after FROM audit_entries WHERE action = 'staff.confirm' AND staff_id = ${id}`;
    expect(entry?.after).toEqual({ way: "code" });
  });

  test("is the password where there is none; the tenth wrong one locks, and the right one is not looked at then", async () => {
    await turnTotpOff(it.shop, { code: codeNow(), by: by() });
    for (let n = 1; n <= 9; n++)
      await expect(confirm({ password: "wrong" })).rejects.toMatchObject({ code: "password_wrong" });
    await confirm({ password });

    await expect(confirm({ password: "wrong" })).rejects.toMatchObject({ code: "account_locked" });
    await expect(confirm({ password })).rejects.toMatchObject({ code: "account_locked" });
  });
});

describe("one's own account", () => {
  test("recovery codes are renewed for a code, and the old ones are worth nothing", async () => {
    await expect(renewRecoveryCodes(it.shop, { code: "000000", by: by() })).rejects.toMatchObject({
      code: "code_wrong",
    });
    const renewed = await renewRecoveryCodes(it.shop, { code: codeNow(), by: by() });

    expect(await withCode(recoveryCodes[0] ?? "")).toEqual({ kind: "refused" });
    expect(await withCode(renewed[0] ?? "")).toMatchObject({ kind: "signed_in", left: 9 });
    expect(await entries()).toContain("staff.renew_codes");
  });

  test("the second factor goes off with a recovery code too, and leaves nothing behind", async () => {
    await turnTotpOff(it.shop, { code: recoveryCodes[3] ?? "", by: by() });

    expect(await rowOf()).toMatchObject({ totp_sealed: null, totp_since: null, totp_last_step: null });
    expect(await it.sql`SELECT 1 FROM staff_recovery_codes WHERE staff_id = ${id}`).toHaveLength(0);
    expect((await entries()).slice(-2)).toEqual(["staff.use_recovery_code", "staff.turn_totp_off"]);
    await expect(turnTotpOff(it.shop, { code: "000000", by: by() })).rejects.toMatchObject({
      code: "totp_state",
    });
  });

  test("a new password takes the old one, ends every session and the half of a sign-in", async () => {
    const change = (old: string, next = "a better password") =>
      changePassword(it.shop, { old, password: next, by: by() });
    await expect(change("wrong")).rejects.toMatchObject({ code: "password_wrong" });
    expect(await change(password, "short")).toEqual({ kind: "password_refused", problem: "too_short" });

    const outcomes = await Promise.allSettled([change(password), change(password)]);

    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await rowOf()).session_version).toBe(2);
    expect(await withCode(codeNow())).toEqual({ kind: "start_again" });
    expect(await signIn(it.shop, { email, password, address })).toEqual({ kind: "refused" });
  });
});
