import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

export type Service = {
  /** Resolves when it first says that it is ready; rejects when it ends before. */
  ready: Promise<void>;
  /** Tells it something, now and again after every restart. */
  tell: (message: string) => void;
  /** SIGTERM, and after the patience SIGKILL; resolves when it is gone. */
  stop: (patienceMs: number) => Promise<void>;
};

type Options = {
  name: string;
  script: string;
  args?: string[];
  env: Record<string, string>;
  /** The line on stdout that says it is ready; without one it says so through the process channel. */
  readyLine?: string;
  say: (line: string) => void;
  /** An end that no restart would mend: what to tell, or null. */
  hopeless?: (code: number | null) => string | null;
  onHopeless: (message: string) => void;
};

const exitWithParent = pathToFileURL("scripts/bootstrap/exit-with-parent.mjs").href;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
const steadyAfterMs = 60_000; // Having run this long, the next restart is quick again.

/** Keeps one child process running: it is started again, ever more slowly, when it ends by itself. */
export function startService(options: Options): Service {
  const { name, say } = options;
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => {}); // Whoever waits for it hears of it.
  let child: ChildProcess | null = null;
  let pause: NodeJS.Timeout | undefined;
  let pauseMs = firstPauseMs;
  let stopping = false;
  let wasReady = false;
  let told: string | null = null;

  const start = () => {
    const began = Date.now();
    child = spawnScript(options, () => {
      wasReady = true;
      first.resolve();
    });
    if (told !== null) child.send(told);
    child.once("exit", (code, signal) => {
      if (stopping) return;
      const hopeless = options.hopeless?.(code) ?? null;
      if (hopeless) options.onHopeless(hopeless);
      if (hopeless || !wasReady)
        return first.reject(new Error(`The ${name} ended before it was ready (${code ?? signal}).`));
      if (Date.now() - began > steadyAfterMs) pauseMs = firstPauseMs;
      say(`The ${name} ended (${code ?? signal}); starting it again in ${pauseMs / 1000} s`);
      pause = setTimeout(start, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  };
  start();

  return {
    ready: first.promise,
    tell: (message) => {
      told = message;
      if (child?.connected) child.send(message);
    },
    stop: (patienceMs) => {
      stopping = true;
      clearTimeout(pause);
      return endProcess(child, patienceMs);
    },
  };
}

function spawnScript(options: Options, onReady: () => void): ChildProcess {
  const child = spawn(
    process.execPath,
    ["--import", exitWithParent, ...program(options.script), ...(options.args ?? [])],
    {
      detached: true, // Ctrl-C reaches the supervisor alone, which stops things in order.
      stdio: ["ignore", options.readyLine ? "pipe" : "inherit", "inherit", "ipc"],
      env: { ...process.env, ...options.env, ZHANGGUI_PARENT_PID: String(process.pid) },
    },
  );
  child.on("message", (message) => message === "ready" && onReady());
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line === options.readyLine) onReady();
      else process.stdout.write(`${line}\n`);
    });
  }
  return child;
}

/** The file from the bundle that the bootstrap made for us, or as it stands, through a loader. */
function program(script: string): string[] {
  const bundle = process.env.ZHANGGUI_BUNDLE;
  if (!bundle) return ["--import", "tsx", script];
  return ["--enable-source-maps", join(bundle, script.replace(/\.ts$/, ".mjs"))];
}

function endProcess(child: ChildProcess | null, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
