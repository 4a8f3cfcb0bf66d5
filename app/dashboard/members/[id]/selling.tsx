import { useTranslations } from "next-intl";
import type { MemberView } from "@/lib/members/find-member";
import type { DeskClock } from "../../desk-settings";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextArea } from "../../parts/form-fields";
import { Mark } from "../../parts/mark";
import { ShortMoment } from "../../parts/times";

type Props = { member: MemberView; mayEdit: boolean; clock: DeskClock };

/** Whether the shop sells to this member, and the switch. */
export function Selling({ member, mayEdit, clock }: Props) {
  const t = useTranslations("members.one.selling");
  const fields = { memberId: String(member.id) };
  return (
    <div className="grid gap-3 px-4 py-3">
      {member.blockedAt ? (
        <>
          <p>
            <Mark shape="wedge" tone="danger">
              {t("blocked")}
            </Mark>{" "}
            <span className="text-s text-soft">
              {member.blocker && `${member.blocker} · `}
              <ShortMoment at={member.blockedAt} {...clock} />
            </span>
          </p>
          <p className="whitespace-pre-line">{member.blockedReason}</p>
          <p className="text-s text-soft">{t("blockedMeans")}</p>
        </>
      ) : (
        <p>
          <Mark shape="full" tone="plain">
            {t("open")}
          </Mark>
        </p>
      )}
      {!mayEdit && <p className="text-s text-soft">{t("mayNot")}</p>}
      {mayEdit && member.blockedAt && (
        <ActionForm form="unblock" fields={fields}>
          <Submit>{t("unblock")}</Submit>
        </ActionForm>
      )}
      {mayEdit && !member.blockedAt && (
        <details className="rounded-md border border-line">
          <summary className="cursor-pointer px-3 py-2 font-semibold">{t("block")}</summary>
          <ActionForm form="block" fields={fields} className="grid gap-3 px-3 pt-1 pb-3">
            <p className="text-s text-soft">{t("blockMeans")}</p>
            <TextArea name="reason" label={t("reason")} hint={t("reasonHint")} required />
            <Submit>{t("submit")}</Submit>
          </ActionForm>
        </details>
      )}
    </div>
  );
}
