import type { ListedStaff } from "@/lib/staff/list-staff";

/** What an owner can do to an account, in the order of the page. */
export const staffDeeds = [
  "changeRole",
  "rename",
  "renewInvite",
  "endSessions",
  "resetTotp",
  "disable",
  "enable",
] as const;
export type StaffDeed = (typeof staffDeeds)[number];

/** Those by which somebody could come to power over money, and which therefore ask once more who sits there. */
export const givesPower: readonly StaffDeed[] = ["changeRole", "renewInvite", "resetTotp", "enable"];

export type Off = "own" | "last_owner" | "closed" | "open" | "totp_off";

/** Why a deed is off, or null where it can be done. The verbs decide; this only shows it beforehand. */
export function availableDeeds(
  person: ListedStaff,
  of: { viewerId: number; isLastOwner: boolean },
): Record<StaffDeed, Off | null> {
  const isOut = person.standing === "disabled";
  const own: Off | null = of.isLastOwner ? "last_owner" : person.id === of.viewerId ? "own" : null;
  return {
    changeRole: own,
    rename: null,
    renewInvite: isOut ? "closed" : null,
    endSessions: isOut ? "closed" : null,
    resetTotp: person.hasTotp ? (person.id === of.viewerId ? "own" : null) : "totp_off",
    disable: isOut ? "closed" : own,
    enable: isOut ? null : "open",
  };
}
