import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/app/ui/moment";
import type { Finding } from "@/lib/setup/finding";
import { reportRemedies } from "@/lib/wechat/report-refusal";
import { Mark } from "../parts/mark";
import { ReportRemedyText } from "../parts/report-remedy";
import { verdictLooks } from "./verdict-looks";

/** One check: what it is, how it stands, what to do, and why anybody asks. */
export function FindingEntry({ finding, timeZone }: { finding: Finding; timeZone: string }) {
  const t = useTranslations("setup");
  const remedy = reportRemedies.find((known) => known === finding.facts.remedy);
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[13rem_minmax(0,1fr)]">
      <div>
        <h2 className="text-m">{t(`checks.${finding.check}.title`)}</h2>
        <Mark {...verdictLooks[finding.verdict]}>{t(`verdict.${finding.verdict}`)}</Mark>
      </div>
      <div className="min-w-0">
        <p>
          <FoundText finding={finding} timeZone={timeZone} />
          {remedy && (
            <>
              {" "}
              <ReportRemedyText remedy={remedy} />
            </>
          )}
        </p>
        <details className="text-s text-soft">
          <summary className="w-fit cursor-pointer">{t("why")}</summary>
          <p className="max-w-[46em]">{t(`checks.${finding.check}.why`)}</p>
        </details>
      </div>
    </li>
  );
}

type FoundKey = Parameters<ReturnType<typeof useTranslations<"setup.found">>>[0];

/** The words of a code, moments in the shop's own time. What an older version found and nobody words any more stays as its code. */
function FoundText({ finding, timeZone }: { finding: Finding; timeZone: string }) {
  const t = useTranslations("setup");
  const found = useTranslations("setup.found");
  const locale = useLocale();
  if (finding.code === "not_ended") return t("notEnded");
  const key = `${finding.check}.${finding.code}` as FoundKey;
  if (!found.has(key)) return <span className="zg-code">{finding.code}</span>;
  const facts = Object.entries(finding.facts).map(([name, fact]) => [
    name,
    momentNames.has(name) ? formatMoment(new Date(fact), { locale, timeZone }) : fact,
  ]);
  return found(key, Object.fromEntries(facts));
}

const momentNames = new Set(["at", "until", "from"]);
