import { spawnSync } from "node:child_process";
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, parse } from "node:path";
import type { Place } from "@/lib/db/embedded/place";

export const databaseName = "zhanggui";
export const databaseUser = "zhanggui";

/**
 * Makes an empty cluster with the shop's database in it. It is built beside its final name and renamed, so a
 * process killed half-way leaves nothing that looks like a database.
 */
export function createCluster(place: Place, options: { password: string; durable: boolean }): void {
  const draft = `${place.cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = join(draft, "..", "pg-password.new");
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (place.owner) {
    chownSync(draft, place.owner.uid, place.owner.gid);
    chownSync(passwordFile, place.owner.uid, place.owner.gid);
  }

  // The builtin locale needs nothing of the system's, which in a container often has none.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = [`--username=${databaseUser}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const sync = options.durable ? [] : ["--no-sync"];
  try {
    run(place, "initdb", ["-D", draft, ...locale, ...access, ...sync, "--no-instructions"], "");
    runSingleUser(place, draft, `CREATE DATABASE ${databaseName};`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, place.cluster);
}

/** For a cluster whose password file was lost: sets a new one with the server stopped. */
export function changePassword(place: Place, password: string): void {
  runSingleUser(place, place.cluster, `ALTER ROLE ${databaseUser} PASSWORD '${password}';`);
}

function runSingleUser(place: Place, cluster: string, statement: string): void {
  run(place, "postgres", ["--single", "-D", cluster, "postgres"], `${statement}\n`);
}

function run(place: Place, program: "initdb" | "postgres", args: string[], input: string): void {
  const result = spawnSync(join(place.binaries, "bin", program), args, {
    ...asOwner(place),
    input,
    encoding: "utf8",
  });
  const said = `${result.stderr ?? ""}${result.stdout ?? ""}`;
  const failed = result.error || result.status !== 0 || /^.*(ERROR|FATAL|PANIC): /m.test(said);
  if (failed) throw new Error(`PostgreSQL's ${program} failed. ${explain(result.error, said)}`);
}

function explain(error: Error | undefined, said: string): string {
  if (/no space left/i.test(said)) return "No space is left on the disk.";
  if (/read-only file system/i.test(said)) return "The file system is read-only.";
  if (error) return error.message;
  return said.trim().split("\n").slice(-3).join(" ");
}

/** Options of a child process that runs as the cluster's owner, with nothing of our environment. */
export function asOwner(place: Place) {
  return {
    cwd: parse(place.binaries).root,
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv, // Next's type demands NODE_ENV.
    ...(place.owner ?? {}),
  };
}
