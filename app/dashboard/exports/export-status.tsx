import { useTranslations } from "next-intl";
import type { ExportStatus } from "@/lib/db/schema/exports";
import { Mark, type Shape, type Tone } from "../parts/mark";

const looks: Record<ExportStatus, [Shape, Tone]> = {
  queued: ["hollow", "plain"],
  running: ["half", "accent"],
  done: ["full", "plain"],
  failed: ["wedge", "danger"],
};

export function ExportStatusMark({ status }: { status: ExportStatus }) {
  const t = useTranslations("exports.status");
  const [shape, tone] = looks[status];
  return (
    <Mark shape={shape} tone={tone}>
      {t(status)}
    </Mark>
  );
}

const reasons = ["filter_too_wide", "too_many_rows", "too_large", "malformed"] as const;

/** Why an export failed, and what to do about it. */
export function FailureText({ errorText }: { errorText: string | null }) {
  const t = useTranslations("exports.failures");
  return <>{t(reasons.find((known) => known === errorText) ?? "internal")}</>;
}
