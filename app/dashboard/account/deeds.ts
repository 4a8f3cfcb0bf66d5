import { getTranslations } from "next-intl/server";
import { keepStaffSession, renewStaffSession } from "@/lib/auth/staff-session";
import { requireStepUp } from "@/lib/auth/step-up";
import { shop } from "@/lib/shop";
import { beginTotp } from "@/lib/staff/begin-totp";
import { changePassword } from "@/lib/staff/change-password";
import { endOwnSessions } from "@/lib/staff/end-own-sessions";
import type { Staff } from "@/lib/staff/find-staff";
import { passwordLength } from "@/lib/staff/password";
import type { Person } from "@/lib/staff/person";
import { renewRecoveryCodes } from "@/lib/staff/renew-recovery-codes";
import { turnTotpOff } from "@/lib/staff/turn-totp-off";
import { turnTotpOn } from "@/lib/staff/turn-totp-on";
import { secretOf } from "../parts/outcome";
import { proofIn } from "../parts/step-up-proof";

type Asked = { staff: Staff; by: Person; form: FormData };
/** What to say, and recovery codes to tell this once. */
type Told = { isDone: boolean; text: string; codes?: string[] };

/** What each form of one's own account does. Throws `AppError`. */
export const accountDeeds = {
  async password({ by, form }: Asked): Promise<Told> {
    const t = await getTranslations("staff.account.password");
    const problems = await getTranslations("desk.invite");
    const password = secretOf(form, "new");
    if (password !== secretOf(form, "again")) return { isDone: false, text: problems("differs") };
    const outcome = await changePassword(shop(), { old: secretOf(form, "old"), password, by });
    if (outcome.kind === "password_refused")
      return { isDone: false, text: problems(`problems.${outcome.problem}`, passwordLength) };
    await renewStaffSession(outcome.staff); // Every other browser's ended with the old password.
    return { isDone: true, text: t("done") };
  },
  async endSessions({ by }: Asked): Promise<Told> {
    const t = await getTranslations("staff.account.sessions");
    await keepStaffSession(await endOwnSessions(shop(), { by }));
    return { isDone: true, text: t("done") };
  },
  async begin({ staff, form }: Asked): Promise<Told> {
    const t = await getTranslations("staff.account.totp");
    await requireStepUp(staff, proofIn(form)); // Else an unwatched desk could be locked from its own person.
    await beginTotp(shop(), { staffId: staff.id });
    return { isDone: true, text: t("begun") };
  },
  async turnOn({ staff, by, form }: Asked): Promise<Told> {
    const t = await getTranslations("staff.account.totp");
    await requireStepUp(staff, proofIn(form));
    const { recoveryCodes } = await turnTotpOn(shop(), { code: secretOf(form, "code"), by });
    return { isDone: true, text: t("turnedOn"), codes: recoveryCodes };
  },
  async renewCodes({ by, form }: Asked): Promise<Told> {
    const t = await getTranslations("staff.account.totp");
    const codes = await renewRecoveryCodes(shop(), { code: secretOf(form, "code").trim(), by });
    return { isDone: true, text: t("renewed"), codes };
  },
  async turnOff({ by, form }: Asked): Promise<Told> {
    const t = await getTranslations("staff.account.totp");
    await turnTotpOff(shop(), { code: secretOf(form, "code").trim(), by });
    return { isDone: true, text: t("turnedOff") };
  },
};

export function isAccountDeed(name: string): name is keyof typeof accountDeeds {
  return Object.hasOwn(accountDeeds, name);
}
