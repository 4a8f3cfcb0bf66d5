import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { knownKind } from "@/lib/alarms/kinds";
import type { AlarmStatus } from "@/lib/alarms/state";
import { hrefOf } from "./query";

/** Leads to one alarm's card in the inbox. */
export function AlarmLink({
  id,
  kind,
  status,
  children,
}: {
  id: number;
  kind: string;
  status: AlarmStatus;
  children: ReactNode;
}) {
  const page = hrefOf("/dashboard/alarms", { state: status, kind, before: id + 1 });
  return (
    <Link href={`${page}#alarm-${id}`} prefetch={false}>
      {children}
    </Link>
  );
}

/** What an alarm is called; a type of WeChat's that nobody documented by its number. */
export function useAlarmTitle(): (alarm: { source: "wechat" | "shop"; kind: string }) => string {
  const t = useTranslations("alarms");
  return (alarm) => {
    const kind = knownKind(alarm);
    return kind ? t(`kinds.${kind}.title`) : t("kinds.wechat.title", { type: alarm.kind });
  };
}
