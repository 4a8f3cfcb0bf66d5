import { isAlive } from "@/lib/db/embedded/processes";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/db/embedded-postgres";

const lookEveryMs = 1_000;

export type Database = { stop: () => Promise<void> };

/** Runs the embedded server and starts it again, at the same address, should it ever end by itself. */
export async function keepDatabase(options: {
  dataDir: string;
  say: (line: string) => void;
}): Promise<Database & { adopted: boolean }> {
  let server = await startEmbeddedPostgres(options);
  let restarting: Promise<void> = Promise.resolve();
  let busy = false;
  const watch = setInterval(() => {
    if (busy || isAlive(server.pid)) return;
    busy = true;
    options.say("The database ended by itself; starting it again");
    restarting = startEmbeddedPostgres(options)
      .then((next: EmbeddedPostgres) => {
        server = next;
      })
      .catch((error: Error) => options.say(`${error.message} Trying again.`))
      .finally(() => {
        busy = false;
      });
  }, lookEveryMs);
  return {
    adopted: server.adopted,
    async stop() {
      clearInterval(watch);
      await restarting;
      await server.stop();
    },
  };
}
