import { useTranslations } from "next-intl";
import type { ShownReport } from "@/lib/deliveries/read-reports";
import { Mark, type Shape, type Tone } from "../../parts/mark";
import { ReportRemedyText } from "../../parts/report-remedy";
import { ShortMoment } from "../../parts/times";

type Clock = { timeZone: string; now: Date };
type Props = { reports: ShownReport[]; clock: Clock };

/** What WeChat is owed, or was told, of each of the order's receipts: in words, with what to do where it was refused. */
export function Reports({ reports, clock }: Props) {
  const t = useTranslations("desk.order.reports");
  return (
    <div className="border-line border-t px-4 py-3">
      <h3>{t("title")}</h3>
      {reports.map((report) => (
        <div key={report.id} className="mt-2 grid gap-1">
          {report.verdict !== "settling" && (
            <p className="text-s text-soft">
              {t("otherMoney")} <span className="zg-code">{report.transactionId}</span>
            </p>
          )}
          <Standing report={report} clock={clock} />
          {report.error && (
            <div className="rounded-md bg-warn-wash p-3">
              <p>
                {t("said")} <span className="zg-code">{report.error.code}</span> {report.error.text}
              </p>
              <p className="mt-1 max-w-[52em] font-semibold">
                <ReportRemedyText remedy={report.error.remedy} />
              </p>
            </div>
          )}
          <Tries report={report} clock={clock} />
        </div>
      ))}
    </div>
  );
}

type State = "partly" | "waiting" | "retrying" | "reported" | "refused" | "waived";

const looks: Record<State, [Shape, Tone]> = {
  partly: ["hollow", "soft"],
  waiting: ["hollow", "plain"],
  retrying: ["half", "warn"],
  reported: ["full", "plain"],
  refused: ["wedge", "danger"],
  waived: ["bar", "soft"],
};

function stateOf({ status, attempts, deliverStatus }: ShownReport): State {
  if (status !== "queued") return status;
  if (attempts > 0) return deliverStatus === null ? "partly" : "retrying";
  return deliverStatus === null ? "partly" : "waiting";
}

function Standing({ report, clock }: { report: ShownReport; clock: Clock }) {
  const t = useTranslations("desk.order.reports");
  const state = stateOf(report);
  const [shape, tone] = looks[state];
  const at = report.status === "queued" ? report.nextTryAt : report.reportedAt;
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <Mark shape={shape} tone={tone}>
        <span className="whitespace-normal">{t(`is.${state}`)}</span>
      </Mark>
      <span className="text-s text-soft">
        {report.deliverStatus !== null && t(report.deliverStatus === 1 ? "delivered" : "notDelivered")}
        {at && (
          <>
            {" · "}
            {report.status === "queued" && t("next")} <ShortMoment at={at} {...clock} />
          </>
        )}
      </span>
    </p>
  );
}

function Tries({ report, clock }: { report: ShownReport; clock: Clock }) {
  const t = useTranslations("desk.order.reports");
  if (report.tries.length === 0) return null;
  return (
    <details>
      <summary className="w-fit cursor-pointer text-accent text-s">
        {t("tries", { count: report.tries.length })}
      </summary>
      <ul className="mt-1 grid gap-0.5 text-s">
        {report.tries.map((one) => (
          <li key={one.id}>
            <ShortMoment at={one.at} {...clock} /> <span className="zg-code">{one.call}</span>{" "}
            <span className="zg-code">{one.outcome}</span> {one.errorText}
          </li>
        ))}
      </ul>
    </details>
  );
}
