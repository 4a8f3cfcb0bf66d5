import { useTranslations } from "next-intl";
import { ActionForm, ActionPanel } from "../parts/action-panel";
import { CopyNumber } from "../parts/copy-number";
import { Submit, TextField } from "../parts/form-fields";
import { verify } from "./verify";

type Props = { head: { sealNo: number; hash: string } | null; behind?: number };

/** How far the trail is sealed, and the button that works all of it out again. */
export function ChainPanel({ head, behind }: Props) {
  const t = useTranslations("audit.chain");
  return (
    <ActionPanel action={verify}>
      <div className="sheet mb-4 p-4">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <p className="font-semibold">{head ? t("sealed", { count: head.sealNo }) : t("empty")}</p>
            {head && (
              <p className="text-s">
                <span className="text-soft">{t("head")} </span>
                <CopyNumber text={head.hash} words={{ copy: t("copy"), copied: t("copied") }} />
              </p>
            )}
            <p className="mt-1 max-w-[52em] text-s text-soft">{t("why")}</p>
          </div>
          <ActionForm form="verify" fields={behind ? { behind: String(behind) } : {}}>
            <Submit>{behind ? t("goOn", { behind }) : t("verify")}</Submit>
            <details className="text-s">
              <summary className="cursor-pointer text-accent">{t("compare")}</summary>
              <TextField name="noted" label={t("noted")} maxLength={64} autoComplete="off" />
            </details>
          </ActionForm>
        </div>
      </div>
    </ActionPanel>
  );
}
