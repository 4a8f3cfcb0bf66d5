import { useTranslations } from "next-intl";
import type { Staff } from "@/lib/staff/find-staff";
import type { OwnAccount } from "@/lib/staff/read-own-account";
import { ActionForm } from "../parts/action-panel";
import { Submit, TextField } from "../parts/form-fields";
import { Mark } from "../parts/mark";
import { secretField } from "../parts/outcome";
import { StepUpFields } from "../parts/step-up-fields";
import { ShortMoment } from "../parts/times";
import { SetUp } from "./set-up";

type Props = { own: OwnAccount; staff: Staff; clock: { timeZone: string; now: Date } };

/** Off, being set up, or on: each with the one next thing to do. */
export function SecondFactor({ own, staff, clock }: Props) {
  const t = useTranslations("staff.account.totp");
  if (own.hasTotp) return <TurnedOn own={own} clock={clock} />;
  if (own.pendingSecret !== null) return <SetUp secret={own.pendingSecret} email={staff.email} />;
  return (
    <ActionForm form="begin">
      <p className="max-w-[46em]">{t("why")}</p>
      <StepUpFields />
      <Submit primary>{t("begin")}</Submit>
    </ActionForm>
  );
}

function TurnedOn({ own, clock }: Omit<Props, "staff">) {
  const t = useTranslations("staff.account.totp");
  const code = (
    <TextField
      name={`${secretField}code`}
      label={t("code")}
      hint={t("freshCode")}
      required
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={40}
      className="zg-code w-full sm:w-64"
    />
  );
  return (
    <div className="grid gap-3">
      <p>
        <Mark shape="full" tone="plain">
          {t("isOn")}
        </Mark>
        {own.totpSince && (
          <span className="text-soft">
            {" "}
            · {t.rich("since", { at: () => <ShortMoment at={own.totpSince ?? clock.now} {...clock} /> })}
          </span>
        )}
      </p>
      <p className={own.codesLeft < 3 ? "text-warn" : undefined}>{t("codesLeft", { left: own.codesLeft })}</p>
      <details className="rounded-md border border-line">
        <summary className="cursor-pointer px-3 py-2 font-semibold">{t("renew")}</summary>
        <ActionForm form="renewCodes" className="grid gap-3 px-3 pt-1 pb-3">
          <p className="max-w-[46em] text-s text-soft">{t("renewDoes")}</p>
          {code}
          <Submit primary>{t("renew")}</Submit>
        </ActionForm>
      </details>
      <details className="rounded-md border border-line">
        <summary className="cursor-pointer px-3 py-2 font-semibold">{t("turnOff")}</summary>
        <ActionForm form="turnOff" className="grid gap-3 px-3 pt-1 pb-3">
          <p className="max-w-[46em] text-s text-soft">{t("turnOffDoes")}</p>
          {code}
          <Submit>{t("turnOff")}</Submit>
        </ActionForm>
      </details>
    </div>
  );
}
