import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const folders = ["app", "lib", "messages", "public"];
const files = [
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "tsconfig.json",
  "tsconfig.build.json",
];
const notBuilt = [join("lib", "sandbox"), join("lib", "jobs")]; // Nothing in app may import them.

/** One hash over everything that a build is made from. */
export function hashSources(): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of [...files, ...folders.flatMap(listFiles)].sort()) {
    if (existsSync(path)) hash.update(`\0${path}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const paths = (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name));
  return paths.filter((path) => !notBuilt.some((part) => path.startsWith(part)) && statSync(path).isFile());
}
