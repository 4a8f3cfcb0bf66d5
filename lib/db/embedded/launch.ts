import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { asOwner } from "@/lib/db/embedded/create-cluster";
import type { Place } from "@/lib/db/embedded/place";
import { findRunningServer } from "@/lib/db/embedded/running-server";

const startPatienceMs = 120_000; // After a crash the log is replayed first.
const leftoverPatienceMs = 6_000; // Backends of a killed server need a moment to notice and leave.
const logLimitBytes = 5_000_000;

/** Starts the server on the loopback and answers its pid once it takes connections. */
export async function launch(options: {
  dataDir: string;
  place: Place;
  port: number;
  durable: boolean;
}): Promise<number> {
  for (const began = Date.now(); ; await sleep(200)) {
    const attempt = await launchOnce(options);
    if ("pid" in attempt) return attempt.pid;
    const leftover = /pre-existing shared memory|is another postmaster/i.test(attempt.said);
    if (!leftover || Date.now() - began > leftoverPatienceMs) {
      throw new Error(`The embedded PostgreSQL did not start. ${lastWords(attempt.said)}`);
    }
  }
}

async function launchOnce(
  options: Parameters<typeof launch>[0],
): Promise<{ pid: number } | { said: string }> {
  const { place } = options;
  const logPath = join(options.dataDir, "pg.log");
  if (existsSync(logPath) && statSync(logPath).size > logLimitBytes) renameSync(logPath, `${logPath}.1`);
  const log = openSync(logPath, "a", 0o600);
  const logStart = statSync(logPath).size;
  const server = spawn(join(place.binaries, "bin", "postgres"), serverArguments(options), {
    ...asOwner(place),
    detached: true, // Ctrl-C is for us: the database goes last.
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let failure: string | null = null;
  server.once("error", (error) => (failure = error.message));
  server.once("exit", () => (failure ??= readFileSync(logPath, "utf8").slice(logStart)));
  server.unref();

  for (const end = Date.now() + startPatienceMs; Date.now() < end && failure === null; await sleep(15)) {
    const running = server.pid ? findRunningServer(place.cluster) : null;
    if (running?.pid === server.pid && running?.ready) return { pid: running.pid };
  }
  if (failure === null) server.kill("SIGKILL");
  return { said: failure ?? "It was not ready in time." };
}

function serverArguments(options: Parameters<typeof launch>[0]): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(options.port),
    unix_socket_directories: "",
    max_connections: "200", // App and worker take about 20 each; tests run several of both.
    timezone: "UTC",
    log_timezone: "UTC",
    ...(options.durable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
  };
  return [
    "-D",
    options.place.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

function lastWords(said: string): string {
  const lines = said.trim().split("\n");
  const reasons = lines.filter((line) => /FATAL|PANIC|HINT/.test(line));
  return (reasons.length > 0 ? reasons : lines).slice(-2).join(" ").trim();
}
