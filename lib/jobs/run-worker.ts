import { EventEmitter } from "node:events";
import { type JobHelpers, Logger, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { raiseAlarm } from "@/lib/alarms/raise-alarm";
import { addJob } from "@/lib/db/add-job";
import { errorText } from "@/lib/http/error-facts";
import { log } from "@/lib/http/log";
import { outboxChannel } from "@/lib/outbox/nudge";
import { pumpWholeOutbox } from "@/lib/outbox/pump";
import { checkCertificate } from "@/lib/refunds/check-certificate";
import type { Shop } from "@/lib/shop";
import { keepLeases } from "./leases";
import { recordRun } from "./record-run";
import { tasks } from "./tasks";

/** The net under the nudge: a lost one costs a second, not an order. */
const pumpEveryMs = 1000;

/**
 * Runs jobs until `stop` is called. Any number of workers may run on one database. `shop` must be on a direct
 * connection: LISTEN and the queue's locks do not work through a transaction pooler.
 */
export async function runWorker(
  shop: Shop,
  options: { concurrency?: number } = {},
): Promise<{ stop: () => Promise<void> }> {
  const workerIds = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => workerIds.add(worker.workerId)); // Before the first one is made.
  const runner = await run({
    events,
    logger: queueLogger,
    connectionString: shop.environment.directDatabaseUrl,
    concurrency: options.concurrency ?? 4,
    pollInterval: 1000,
    noHandleSignals: true,
    taskList: taskList(shop),
    crontab, // In UTC.
  });
  runner.events.on("job:failed", ({ job, error }) => {
    const facts = { task: job.task_identifier, attempts: job.attempts, error: errorText(error) };
    raiseAlarm(shop.db, { kind: "job_failed", dedupeKey: `job_failed:${job.task_identifier}`, facts }).catch(
      (lost: unknown) =>
        log.error({ err: lost, ...facts }, "a job failed for good and no alarm could be raised"),
    );
  });
  await lookAtCertificate(shop);
  await addJob(shop.db, { task: "escalate_deadlines", payload: {}, key: "escalate_deadlines" });
  await addJob(shop.db, { task: "keep_days", payload: {}, key: "keep_days" });
  const handBackLeases = keepLeases(shop, workerIds);
  const stopPumping = await keepPumping(shop);

  return {
    stop: async () => {
      await stopPumping();
      await runner.stop();
      await handBackLeases();
    },
  };
}

/**
 * 02:30 and 09:00 in Beijing: at night what nobody waits for, at the start of the day what somebody has to mend. A look at
 * the deadlines that fails is tried twice more, then it is an alarm: the next minute looks again anyway. So are the seals
 * of the audit trail, and every hour one for reports that lost their job; and then the past days are counted anew.
 */
const crontab = `30 18 * * * forget_old_rows
0 1 * * * check_certificate
* * * * * escalate_deadlines ?max=3
* * * * * seal_audit ?max=3
7 * * * * requeue_reports ?max=3
11 * * * * keep_days ?max=3`;

/** Files change with restarts: what waited for another certificate need not wait until morning. */
async function lookAtCertificate(shop: Shop): Promise<void> {
  await checkCertificate(shop).catch((error: unknown) =>
    log.warn({ err: error }, "certificate not looked at"),
  );
}

/** The queue's own words among ours: JSON lines, at our level. */
const queueLogger = new Logger(
  ({ workerId, taskIdentifier, jobId }) =>
    (level, message) =>
      log[level === "warning" ? "warn" : level === "error" ? "error" : "debug"](
        { workerId, task: taskIdentifier, jobId },
        message,
      ),
);

function taskList(shop: Shop): TaskList {
  const entries = Object.entries(tasks).map(([name, task]) => [
    name,
    (payload: unknown, { job }: JobHelpers) => recordRun(shop, { job, payload }, () => task(shop, payload)),
  ]);
  return Object.fromEntries(entries);
}

async function keepPumping(shop: Shop): Promise<() => Promise<void>> {
  let pumping: Promise<void> = Promise.resolve();
  const pump = () => {
    pumping = pumping
      .then(() => pumpWholeOutbox(shop.sql))
      .catch((error: unknown) => log.warn({ err: error }, "outbox not pumped"));
  };
  const { unlisten } = await shop.sql.listen(outboxChannel, pump, pump);
  const timer = setInterval(pump, pumpEveryMs);
  return async () => {
    clearInterval(timer);
    await unlisten();
    await pumping;
  };
}
