import { timingSafeEqual } from "node:crypto";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Shop } from "@/lib/shop";

const held = globalThis as { zhangguiMetrics?: ReturnType<typeof openRegistry> };
const metrics = () => {
  held.zhangguiMetrics ??= openRegistry();
  return held.zhangguiMetrics;
};

/** Counts one message from WeChat, by kind and by what became of it, on this process. */
export function countNotification(kind: string, verdict: string): void {
  metrics().notifications.inc({ kind, verdict });
}

/** Prometheus text: this process, and what the database holds now. */
export async function renderMetrics(shop: Shop): Promise<string> {
  const { registry, gauges } = metrics();
  const [facts] = await shop.sql<
    {
      outbox: number;
      oldest: number;
      alarms: number;
      jobs: number;
      workers: number;
      reports: number;
      refusedReports: number;
      missed: number;
    }[]
  >`
    SELECT (SELECT count(*)::int FROM outbox) AS outbox,
      (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float FROM outbox) AS oldest,
      (SELECT count(*)::int FROM alarms WHERE status <> 'resolved') AS alarms,
      (SELECT count(*)::int FROM delivery_reports WHERE status = 'queued') AS reports,
      (SELECT count(*)::int FROM delivery_reports WHERE status = 'refused') AS "refusedReports",
      (SELECT count(*)::int FROM orders WHERE deliver_by < now() AND clock_ended_at IS NULL) AS missed,
      (SELECT count(*)::int FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts) AS jobs,
      (SELECT count(*)::int FROM worker_leases WHERE lease_until > now()) AS workers`;
  gauges.outboxRows.set(facts?.outbox ?? 0);
  gauges.outboxAge.set(facts?.oldest ?? 0);
  gauges.alarms.set(facts?.alarms ?? 0);
  gauges.jobsDue.set(facts?.jobs ?? 0);
  gauges.workers.set(facts?.workers ?? 0);
  gauges.reportsQueued.set(facts?.reports ?? 0);
  gauges.reportsRefused.set(facts?.refusedReports ?? 0);
  gauges.deadlinesMissed.set(facts?.missed ?? 0);
  return registry.metrics();
}

/** Compares in constant time; the header is `Authorization: Bearer TOKEN`. */
export function mayReadMetrics(authorization: string | null, token: string): boolean {
  const given = Buffer.from(authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function openRegistry() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  return {
    registry,
    notifications: new Counter({
      name: "zhanggui_notifications_total",
      help: "Messages from WeChat, by kind and verdict.",
      labelNames: ["kind", "verdict"],
      registers: [registry],
    }),
    gauges: {
      outboxRows: gauge("zhanggui_outbox_rows", "Facts whose follow-ups are not queued yet."),
      outboxAge: gauge("zhanggui_outbox_oldest_seconds", "Age of the oldest outbox row."),
      alarms: gauge("zhanggui_alarms_unresolved", "Alarms that nobody has resolved."),
      jobsDue: gauge("zhanggui_jobs_due", "Jobs that could run now."),
      workers: gauge("zhanggui_workers", "Workers with a live lease."),
      reportsQueued: gauge(
        "zhanggui_delivery_reports_queued",
        "Delivery reports that WeChat has not accepted yet.",
      ),
      reportsRefused: gauge("zhanggui_delivery_reports_refused", "Delivery reports that WeChat refused."),
      deadlinesMissed: gauge("zhanggui_deadlines_missed", "Orders not reported before their deadline."),
    },
  };
}
