import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { changePassword, createCluster, databaseName, databaseUser } from "@/lib/db/embedded/create-cluster";
import { withFileLock } from "@/lib/db/embedded/file-lock";
import { freePort } from "@/lib/db/embedded/free-port";
import { startGuard, stopGuard } from "@/lib/db/embedded/guard";
import { launch } from "@/lib/db/embedded/launch";
import { choosePlace, type Place } from "@/lib/db/embedded/place";
import {
  findRunningServer,
  forgetDeadServer,
  type RunningServer,
  stopServer,
} from "@/lib/db/embedded/running-server";
import { serverUsers } from "@/lib/db/embedded/server-users";

export type EmbeddedPostgres = {
  url: string;
  pid: number;
  /** Whether it ran already, started by another process or left by a killed one. */
  adopted: boolean;
  /** The folder of the data; it may lie outside `dataDir`. */
  cluster: string;
  /** Ends the server, unless another living process uses it too. */
  stop(): Promise<void>;
};

type Address = { url: string; port: number; password: string };

const startPatienceMs = 150_000; // What another process may take to prepare and start it.
const guardEchoMs = 100; // What the guard's last signal may take to show.
const settlePatienceMs = 120_000; // A server that another process started may be replaying its log.

/**
 * Starts the PostgreSQL below `dataDir`, or takes over the one that runs, and writes its address to `pg.json`.
 * `fsync: false` is for tests only.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  fsync?: boolean;
}): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const users = serverUsers(dataDir);
  users.join(); // Before looking, so that nobody ends the server between our look and our first query.
  try {
    const lock = join(dataDir, "pg-start.lock");
    return await withFileLock(lock, startPatienceMs, () => adoptOrStart(dataDir, options.fsync ?? true));
  } catch (error) {
    users.leave();
    throw error;
  }
}

/** Runs something that needs the database, with the server started for its duration if nobody runs it. */
export async function withDatabaseServer<T>(dataDir: string, run: (url: string) => Promise<T>): Promise<T> {
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    return await run(server.url);
  } finally {
    await server.stop();
  }
}

async function adoptOrStart(dataDir: string, durable: boolean): Promise<EmbeddedPostgres> {
  const place = choosePlace(dataDir);
  const known = readAddress(dataDir);
  const running = await findSteadyServer({ dataDir, cluster: place.cluster });
  if (running && known?.port === running.port) {
    return aServer({ dataDir, place, pid: running.pid, url: known.url, adopted: true });
  }
  if (running) await stopServer(running.pid); // Nobody knows its password any more.
  forgetDeadServer(place.cluster);
  const password = preparePassword({ place, known, durable });
  const port = await freePort(known?.port);
  const url = `postgres://${databaseUser}:${password}@127.0.0.1:${port}/${databaseName}`;
  writeFileSync(join(dataDir, "pg.json"), `${JSON.stringify({ url, port, password })}\n`, { mode: 0o600 });
  const pid = await launch({ dataDir, place, port, durable });
  return aServer({ dataDir, place, pid, url, adopted: false });
}

function preparePassword(from: { place: Place; known: Address | null; durable: boolean }): string {
  const { place, known } = from;
  const exists = existsSync(join(place.cluster, "PG_VERSION"));
  if (exists && known) return known.password;
  const password = randomBytes(24).toString("hex");
  if (exists) changePassword(place, password);
  else createCluster(place, { password, durable: from.durable });
  return password;
}

function aServer(from: { dataDir: string; place: Place; pid: number; url: string; adopted: boolean }) {
  const { dataDir, place, ...server } = from;
  const users = serverUsers(dataDir);
  startGuard({ dataDir, usersFolder: users.folder, serverPid: server.pid });
  return {
    ...server,
    cluster: place.cluster,
    async stop() {
      users.leave();
      if (users.anyLeft()) return;
      await stopServer(server.pid);
      stopGuard({ dataDir, serverPid: server.pid });
    },
  };
}

/** A server to take over: one that its guard has not just told to stop for want of users. */
async function findSteadyServer(of: { dataDir: string; cluster: string }): Promise<RunningServer | null> {
  const found = await findSettledServer(of.cluster);
  if (!found) return null;
  stopGuard({ dataDir: of.dataDir, serverPid: found.pid });
  await sleep(guardEchoMs);
  return findSettledServer(of.cluster);
}

/** The running server, once it is neither starting nor stopping. */
async function findSettledServer(cluster: string): Promise<RunningServer | null> {
  for (const end = Date.now() + settlePatienceMs; Date.now() < end; await sleep(20)) {
    const running = findRunningServer(cluster);
    if (!running || running.ready) return running;
  }
  throw new Error("The embedded PostgreSQL is neither up nor down. Its log is pg.log in the data folder.");
}

function readAddress(dataDir: string): Address | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, "pg.json"), "utf8")) as Address;
  } catch {
    return null; // First start, or lost: a new password is set.
  }
}
