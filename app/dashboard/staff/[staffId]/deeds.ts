import type { Shop } from "@/lib/shop";
import { changeRole } from "@/lib/staff/change-role";
import { disableStaff } from "@/lib/staff/disable-staff";
import { enableStaff } from "@/lib/staff/enable-staff";
import { endSessions } from "@/lib/staff/end-sessions";
import type { Person } from "@/lib/staff/person";
import { readRole } from "@/lib/staff/read-account";
import { renameStaff } from "@/lib/staff/rename-staff";
import { renewInvite } from "@/lib/staff/renew-invite";
import { resetTotp } from "@/lib/staff/reset-totp";
import { textOf } from "../../parts/outcome";
import type { StaffDeed } from "./available-deeds";

type Asked = { staffId: number; by: Person; form: FormData };

/** What each form does; the answer is a new link's secret, or nothing. Throws `AppError`. */
export const deeds: Record<StaffDeed, (shop: Shop, asked: Asked) => Promise<string | null>> = {
  changeRole: (shop, { form, ...of }) =>
    changeRole(shop, { ...of, role: readRole(textOf(form, "role")) }).then(nothing),
  rename: (shop, { form, ...of }) => renameStaff(shop, { ...of, name: textOf(form, "name") }).then(nothing),
  renewInvite: async (shop, of) => (await renewInvite(shop, of)).inviteToken,
  endSessions: (shop, of) => endSessions(shop, of).then(nothing),
  resetTotp: (shop, of) => resetTotp(shop, of).then(nothing),
  disable: (shop, of) => disableStaff(shop, of).then(nothing),
  enable: (shop, of) => enableStaff(shop, of).then(nothing),
};

function nothing(): null {
  return null;
}
