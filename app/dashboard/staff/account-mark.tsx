import { useTranslations } from "next-intl";
import type { AccountStanding } from "@/lib/staff/list-staff";
import { Mark, type Shape, type Tone } from "../parts/mark";

const looks: Record<AccountStanding, { shape: Shape; tone: Tone }> = {
  active: { shape: "full", tone: "plain" },
  invited: { shape: "hollow", tone: "soft" },
  link_over: { shape: "wedge", tone: "warn" },
  locked: { shape: "wedge", tone: "danger" },
  disabled: { shape: "bar", tone: "soft" },
};

/** Whether an account can be used. */
export function AccountMark({ standing }: { standing: AccountStanding }) {
  const t = useTranslations("staff.standing");
  return <Mark {...looks[standing]}>{t(standing)}</Mark>;
}
