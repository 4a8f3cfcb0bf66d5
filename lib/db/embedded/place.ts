import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { findBinaries } from "@/lib/db/embedded/binaries";

/** The system user that a server runs as when we are root, which PostgreSQL refuses to be. */
export type Owner = { uid: number; gid: number };

/** Where one server's programs and data live, and as whom it runs (null: as ourselves). */
export type Place = { binaries: string; cluster: string; owner: Owner | null };

/**
 * Programs and data stay in node_modules and the data folder, unless we are root and the user we drop to
 * cannot enter those (a project below /root): then both live in a folder of their own, which
 * `pg-place.json` in the data folder remembers.
 */
export function choosePlace(dataDir: string): Place {
  const { native, version } = findBinaries();
  mkdirSync(dataDir, { recursive: true });
  const here = join(dataDir, "pg");
  if (process.getuid?.() !== 0) {
    requireOwn(here);
    return { binaries: native, cluster: here, owner: null };
  }

  const owner = findOwner(here);
  chmodSync(dataDir, statSync(dataDir).mode | 0o011); // Ours, so it may be opened; nothing above it is touched.
  const cluster = canEnter(dataDir, owner) ? here : join(outsideFolder(dataDir), "pg");
  if (canEnter(join(native, "bin"), owner)) return { binaries: native, cluster, owner };
  const copy = join(outsideFolder(dataDir), `postgresql-${version}`);
  if (!existsSync(copy)) copyReadable(native, copy);
  return { binaries: copy, cluster, owner };
}

function requireOwn(cluster: string): void {
  const uid = process.getuid?.();
  if (uid === undefined || !existsSync(cluster)) return;
  const owner = statSync(cluster).uid;
  if (owner === uid) return;
  throw new Error(
    `The database in ${cluster} belongs to another user (uid ${owner}). Start as that user or as root, or set DATA_DIR to another folder.`,
  );
}

/** Who already owns the data, else `postgres`, else `nobody`. */
function findOwner(cluster: string): Owner {
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const users = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return { uid: 65534, gid: 65534 }; // What "nobody" is called where nobody has a name.
}

/** Whether the owner may pass through every folder down to this one. */
function canEnter(folder: string, owner: Owner): boolean {
  const { mode, uid, gid } = statSync(folder);
  const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || canEnter(parent, owner);
}

function outsideFolder(dataDir: string): string {
  const pointer = join(dataDir, "pg-place.json");
  if (existsSync(pointer)) return (JSON.parse(readFileSync(pointer, "utf8")) as { folder: string }).folder;
  const name = `zhanggui-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`;
  const base = ["/var/lib", "/var/tmp", "/tmp"].find((folder) => existsSync(folder)) ?? "/tmp";
  const folder = join(base, name);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  writeFileSync(pointer, `${JSON.stringify({ folder })}\n`);
  return folder;
}

/** A copy that any user can read, whatever the umask of the original's installer was. */
function copyReadable(from: string, to: string): void {
  rmSync(`${to}.new`, { recursive: true, force: true });
  cpSync(from, `${to}.new`, { recursive: true, verbatimSymlinks: true });
  for (const name of ["", ...(readdirSync(`${to}.new`, { recursive: true }) as string[])]) {
    const path = join(`${to}.new`, name);
    const entry = lstatSync(path);
    if (!entry.isSymbolicLink()) chmodSync(path, entry.mode & 0o100 ? 0o755 : 0o644);
  }
  renameSync(`${to}.new`, to);
}
