import type { TimelineEvent } from "@/lib/orders/timeline-event";
import { AlarmLink, useAlarmTitle } from "../../parts/alarm-link";
import { Mark } from "../../parts/mark";

/** The alarms that touch the order and are not resolved, before anything else on its page. */
export function OrderAlarms({ events }: { events: TimelineEvent[] }) {
  const titleOf = useAlarmTitle();
  const alarms = events
    .filter((event) => event.kind === "alarm")
    .filter(({ status }) => status !== "resolved");
  if (alarms.length === 0) return null;
  return (
    <ul className="mb-4 grid gap-1 rounded-md border border-danger bg-danger-wash px-4 py-3">
      {alarms.map(({ id, of, source, status }) => (
        <li key={id}>
          <Mark shape="wedge" tone="danger">
            <AlarmLink id={id} kind={of} status={status}>
              {titleOf({ source, kind: of })}
            </AlarmLink>
          </Mark>
        </li>
      ))}
    </ul>
  );
}
