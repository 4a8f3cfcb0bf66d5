import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { NotificationVerdict } from "@/lib/db/schema/notifications";
import type { Callbacks } from "@/lib/health/read-callbacks";
import type { Permission } from "@/lib/staff/rights";
import { Mark, type Shape, type Tone } from "../parts/mark";
import { VerdictMark } from "../parts/status";
import { useSpan } from "../parts/times";
import { useCounted } from "./task-words";

type Props = { of: Callbacks; now: Date; may: (permission: Permission) => boolean };

const fine: [Shape, Tone] = ["full", "plain"];
const none: [Shape, Tone] = ["hollow", "plain"];
const watch: [Shape, Tone] = ["half", "warn"];
const bad: [Shape, Tone] = ["wedge", "danger"];

/** A report is held back while its delivery can be undone, and then goes at once: beyond this something is in its way. */
const reportPatienceMs = 60 * 60_000;
/** An outbox row older than this means that nobody pumps. */
const outboxPatienceMs = 30_000;

/** Whether WeChat and the shop reach each other: each in words and a shape, with what to do where it is not well. */
export function CallbackHealth({ of, now, may }: Props) {
  return (
    <ul className="divide-y divide-line">
      {may("notifications.read") && <Incoming of={of} now={now} may={may} />}
      <Reports of={of} now={now} />
      <Workers of={of} now={now} />
      <Jobs of={of} />
      <Tokens of={of} />
    </ul>
  );
}

function Line({ look, title, children }: { look: [Shape, Tone]; title: ReactNode; children?: ReactNode }) {
  return (
    <li className="px-4 py-2.5">
      <Mark shape={look[0]} tone={look[1]}>
        <span className="whitespace-normal">{title}</span>
      </Mark>
      {children && <div className="ms-[1.1em] max-w-[60em] text-s text-soft">{children}</div>}
    </li>
  );
}

/** What somebody has to mend, and what was refused or waits in a list of its own. */
const toMend = [
  "failed",
  "weaker_signature",
  "not_ours",
  "unverified",
] as const satisfies NotificationVerdict[];
const toKnow = ["forged", "malformed", "mismatch", "unknown"] as const satisfies NotificationVerdict[];

function Incoming({ of, now, may }: Props) {
  const t = useTranslations("home.health");
  const span = useSpan();
  const counted = useCounted();
  const { lastPaymentAt, asked, verdicts } = of;
  const came = (one: NotificationVerdict) => verdicts.some(({ verdict }) => verdict === one);
  const wrong = [...toMend, ...toKnow].filter(came);
  const since = lastPaymentAt && span(Math.max(0, now.getTime() - lastPaymentAt.getTime()));
  return (
    <>
      <Line
        look={asked > 0 ? bad : lastPaymentAt ? fine : none}
        title={since ? t("lastPayment", { span: since }) : t("noPayment")}
      >
        {asked > 0 && t("asked", { count: counted(asked) })}
        {asked === 0 && !lastPaymentAt && t("noPaymentHint")}{" "}
        {(asked > 0 || !lastPaymentAt) && may("setup.read") && (
          <Link href="/dashboard/setup" prefetch={false}>
            {t("setup")}
          </Link>
        )}
      </Line>
      <Line
        look={toMend.some(came) ? bad : wrong.length > 0 ? watch : verdicts.length > 0 ? fine : none}
        title={verdicts.length > 0 ? t("received") : t("receivedNone")}
      >
        <ul className="flex flex-wrap gap-x-4">
          {verdicts.map(({ verdict, count }) => (
            <li key={verdict}>
              <Link
                href={`/dashboard/notifications?verdict=${verdict}&within=24h`}
                prefetch={false}
                className="inline-flex items-baseline gap-1.5"
              >
                <VerdictMark verdict={verdict} /> <span className="zg-number">{counted(count)}</span>
              </Link>
            </li>
          ))}
        </ul>
        {wrong.map((verdict) => (
          <p key={verdict}>{t(`remedies.${verdict}`)}</p>
        ))}
      </Line>
    </>
  );
}

function Reports({ of, now }: Pick<Props, "of" | "now">) {
  const t = useTranslations("home.health");
  const span = useSpan();
  const counted = useCounted();
  const { oldestReportAt, oldestReportError, reportsRefused } = of;
  const waitsMs = oldestReportAt ? Math.max(0, now.getTime() - oldestReportAt.getTime()) : 0;
  const isStuck = waitsMs > reportPatienceMs;
  return (
    <>
      <Line
        look={isStuck ? bad : oldestReportError ? watch : fine}
        title={oldestReportAt ? t("oldestReport", { span: span(waitsMs) }) : t("noReports")}
      >
        {oldestReportAt && (
          <>
            {oldestReportError ? t("reportError", { code: oldestReportError }) : t("reportSoon")}{" "}
            <Link href="/dashboard/deliveries?state=waiting" prefetch={false}>
              {t("reportsLink")}
            </Link>
          </>
        )}
      </Line>
      {reportsRefused > 0 && (
        <Line look={bad} title={t("reportsRefused", { count: counted(reportsRefused) })}>
          <Link href="/dashboard/deliveries?state=refused" prefetch={false}>
            {t("refusedLink")}
          </Link>
        </Line>
      )}
    </>
  );
}

function Workers({ of, now }: Pick<Props, "of" | "now">) {
  const t = useTranslations("home.health");
  const span = useSpan();
  const { workers, oldestOutboxAt } = of;
  const waitsMs = oldestOutboxAt ? now.getTime() - oldestOutboxAt.getTime() : 0;
  const isBehind = waitsMs > outboxPatienceMs;
  return (
    <Line
      look={workers === 0 || isBehind ? bad : fine}
      title={workers === 0 ? t("noWorker") : t("workers", { count: workers })}
    >
      {isBehind && <p>{t("outbox", { span: span(waitsMs) })}</p>}
      {workers === 0 && <p>{t("noWorkerHint")}</p>}
    </Line>
  );
}

function Jobs({ of: { failing } }: Pick<Props, "of">) {
  const t = useTranslations("home.health");
  if (failing.length === 0) return <Line look={fine} title={t("noFailures")} />;
  return (
    <Line look={bad} title={t("failures")}>
      <ul className="grid gap-0.5">
        {failing.map(({ task, count, lastError, orderNo }) => (
          <li key={task}>
            <span className="zg-code">{task}</span> {t("times", { count })}
            {orderNo && (
              <>
                {" "}
                <Link href={`/dashboard/orders/${orderNo}`} prefetch={false} className="zg-code">
                  {orderNo}
                </Link>
              </>
            )}
            <span lang="en" className="zg-code block max-w-[48em] truncate">
              {lastError}
            </span>
          </li>
        ))}
      </ul>
      <p>{t("failuresHint")}</p>
    </Line>
  );
}

function Tokens({ of: { tokenTrouble } }: Pick<Props, "of">) {
  const t = useTranslations("home.health");
  if (tokenTrouble === 0) return <Line look={fine} title={t("tokens")} />;
  return (
    <Line look={bad} title={t("tokenTrouble")}>
      {t("tokenTroubleHint")}{" "}
      <Link href="/dashboard/alarms?kind=token_trouble" prefetch={false}>
        {t("alarmLink")}
      </Link>
    </Line>
  );
}
