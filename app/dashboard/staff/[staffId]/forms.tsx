import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ListedStaff } from "@/lib/staff/list-staff";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextField } from "../../parts/form-fields";
import { StepUpFields } from "../../parts/step-up-fields";
import { RoleField } from "../invite-form";
import { givesPower, type Off, type StaffDeed, staffDeeds } from "./available-deeds";

/** Every deed that is open, each a form of its own with what it does; and why the others are not there. */
export function Forms({ person, offs }: { person: ListedStaff; offs: Record<StaffDeed, Off | null> }) {
  const t = useTranslations("staff.person");
  const fields: Partial<Record<StaffDeed, ReactNode>> = {
    changeRole: <RoleField initial={person.role} />,
    rename: (
      <TextField
        name="name"
        label={t("name")}
        initial={person.name}
        required
        maxLength={50}
        autoComplete="off"
      />
    ),
  };
  const open = staffDeeds.filter((deed) => offs[deed] === null);
  const off = staffDeeds.flatMap((deed) => (offs[deed] ? [{ deed, why: offs[deed] }] : []));
  return (
    <>
      {open.map((deed) => (
        <details key={deed} className="mt-3 rounded-md border border-line first:mt-0">
          <summary className="cursor-pointer px-3 py-2 font-semibold">{t(`deeds.${deed}`)}</summary>
          <div className="px-3 pt-1 pb-3">
            <ActionForm form={deed} fields={{ staffId: String(person.id) }}>
              <p className="max-w-[46em] text-s text-soft">{t(`does.${deed}`)}</p>
              {fields[deed]}
              {givesPower.includes(deed) && <StepUpFields />}
              <Submit primary={deed === "disable" ? undefined : true}>{t(`deeds.${deed}`)}</Submit>
            </ActionForm>
          </div>
        </details>
      ))}
      {off.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer text-s text-soft">{t("whyNot")}</summary>
          <ul className="mt-1 grid gap-1 text-s">
            {off.map(({ deed, why }) => (
              <li key={deed}>{t("offLine", { deed: t(`deeds.${deed}`), why: t(`off.${why}`) })}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
