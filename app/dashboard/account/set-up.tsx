import { getTranslations } from "next-intl/server";
import { encode } from "uqr";
import { readSettings } from "@/lib/settings/read-settings";
import { shop } from "@/lib/shop";
import { totpUri } from "@/lib/staff/totp";
import { ActionForm } from "../parts/action-panel";
import { CopyNumber } from "../parts/copy-number";
import { Submit, TextField } from "../parts/form-fields";
import { secretField } from "../parts/outcome";
import { StepUpFields } from "../parts/step-up-fields";

/** The secret for the app, to scan or to type, and the first code that shows it has arrived. */
export async function SetUp({ secret, email }: { secret: string; email: string }) {
  const t = await getTranslations("staff.account.totp");
  const { shopName } = await readSettings(shop().db);
  const uri = totpUri({ secret, shopName, email });
  return (
    <div className="grid gap-4 sm:grid-cols-[auto_minmax(0,1fr)]">
      <QrCode text={uri} label={t("qrAlt")} />
      <div className="grid content-start gap-3">
        <ol className="grid list-decimal gap-1 ps-5">
          <li>{t("steps.app")}</li>
          <li>
            {t("steps.scan")}{" "}
            <a href={uri} className="sm:hidden">
              {t("openApp")}
            </a>
          </li>
          <li>{t("steps.code")}</li>
        </ol>
        <p className="text-s">
          {t("byHand")}{" "}
          <CopyNumber
            text={secret.replace(/(.{4})(?=.)/g, "$1 ")}
            words={{ copy: t("copy"), copied: t("copied") }}
          />
        </p>
        <ActionForm form="turnOn">
          <TextField
            name={`${secretField}code`}
            label={t("code")}
            hint={t("codeHint")}
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            className="zg-code w-full sm:w-40"
          />
          <StepUpFields />
          <Submit primary>{t("turnOn")}</Submit>
        </ActionForm>
        <ActionForm form="begin">
          <StepUpFields />
          <Submit>{t("another")}</Submit>
        </ActionForm>
      </div>
    </div>
  );
}

/** Black on white in any scheme, as cameras expect. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} className="w-52 rounded-md">
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={dark.join("")} shapeRendering="crispEdges" />
    </svg>
  );
}
