import { useTranslations } from "next-intl";
import { isAnythingOpen, type OpenMatters } from "@/lib/members/open-matters";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextField } from "../../parts/form-fields";

const matters = [
  "orders",
  "refunds",
  "money",
  "reports",
  "notifications",
] as const satisfies (keyof OpenMatters)[];

/** What a person may ask of whoever holds their data: a copy of it, and that it be erased. */
export function DataRights({ memberId, open }: { memberId: number; open: OpenMatters }) {
  const t = useTranslations("members.one.rights");
  const standing = matters.filter((matter) => open[matter] > 0);
  return (
    <div className="grid gap-3 px-4 py-3">
      <form method="post" action={`/api/export/members/${memberId}`} className="grid gap-1">
        <button type="submit" className="button w-fit">
          {t("export")}
        </button>
        <p className="text-s text-soft">{t("exportHint")}</p>
      </form>
      <details className="rounded-md border border-line">
        <summary className="cursor-pointer px-3 py-2 font-semibold">{t("erase")}</summary>
        <div className="grid gap-2 px-3 pt-1 pb-3">
          <p className="text-s">{t("goes")}</p>
          <p className="text-s">{t("stays")}</p>
          {isAnythingOpen(open) ? (
            <>
              <p className="font-semibold">{t("notYet")}</p>
              <ul className="list-inside list-disc">
                {standing.map((matter) => (
                  <li key={matter}>{t(`open.${matter}`, { count: open[matter] })}</li>
                ))}
              </ul>
            </>
          ) : (
            <ActionForm form="erase" fields={{ memberId: String(memberId) }}>
              <TextField
                name="confirmation"
                label={t("confirmation", { id: memberId })}
                hint={t("confirmationHint")}
                inputMode="numeric"
                required
                autoComplete="off"
              />
              <Submit>{t("submit")}</Submit>
            </ActionForm>
          )}
        </div>
      </details>
    </div>
  );
}
