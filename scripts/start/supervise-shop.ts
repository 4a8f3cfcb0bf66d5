import { say, tolerateClosedOutput } from "@/scripts/start/progress";
import { type Running, runShop } from "@/scripts/start/run-shop";

/** Runs a shop until a signal or until it cannot go on, and leaves nothing behind. */
export async function superviseShop(options: { dev: boolean }): Promise<never> {
  tolerateClosedOutput();
  const running: Running = { app: null, worker: null, sandbox: null, database: null };
  const asked = new AbortController();
  const stopAsked = new Promise<null>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve(null));
  });
  const hopeless = Promise.withResolvers<Error>();
  const broughtUp = runShop({
    ...options,
    running,
    signal: asked.signal,
    onHopeless: (message) => hopeless.resolve(new Error(message)),
  }).then(
    () => hopeless.promise, // Up: now only a hopeless end or a signal is left to wait for.
    (error: Error) => Promise.race([hopeless.promise, error]), // The hopeless one says why, if there is one.
  );

  const failure = await Promise.race([broughtUp, hopeless.promise, stopAsked]);
  asked.abort();
  if (!failure) say("Stopping…");
  await stopAll(running);
  if (failure) process.stderr.write(`zhanggui: ${failure.message}\n`);
  process.exit(failure ? 1 : 0);
}

/** Those who take requests first, the database that all need last; together within five seconds. */
async function stopAll(running: Running): Promise<void> {
  await running.app?.stop(1_800);
  await running.worker?.stop(1_500);
  await running.sandbox?.stop(500);
  const database = await running.database?.catch(() => null);
  await database?.stop();
}
