import { type ChildProcess, type Serializable, spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";

/** A process of the product's, started as `npm start` starts it, and ended as a test wants it to end. */
export type Child = {
  name: string;
  pid: number;
  /** What it has printed so far, both streams. */
  log: () => string;
  /** Resolves when it is gone, however it went. */
  gone: Promise<void>;
  /** Tells it something through the process channel and answers what it says next. */
  ask: <Said>(message: Serializable) => Promise<Said>;
  /** SIGTERM; SIGKILL should it not go. */
  stop: () => Promise<void>;
  /** SIGKILL, and gone when this resolves: nothing of it runs any more. */
  kill: () => Promise<void>;
};

const exitWithParent = pathToFileURL("scripts/bootstrap/exit-with-parent.mjs").href;
const stopPatienceMs = 6_000;
const startPatienceMs = 150_000; // On a machine with much else to do; else a second or two.
const keptLog = 200_000;

/** Every process of this test file, in the order of their start: the ones a failed test wants to read. */
export const children: Child[] = [];

/** Starts a script of `scripts/` and resolves when it says "ready" through the process channel. */
export async function startScript(of: {
  name: string;
  script: string;
  args?: string[];
  env: Record<string, string>;
  /** What it waits for before it gets ready. */
  tell?: string;
}): Promise<Child> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--import", exitWithParent, of.script, ...(of.args ?? [])],
    {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...ownEnvironment(),
        NODE_ENV: "production",
        ...of.env,
        ZHANGGUI_PARENT_PID: String(process.pid),
      },
    },
  );
  const handle = aChild(of.name, child);
  children.push(handle);
  if (of.tell) child.send(of.tell, () => {}); // An early end is told below.
  await ready(handle, child);
  return handle;
}

function aChild(name: string, child: ChildProcess): Child {
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-keptLog);
    });
  }
  const gone = once(child, "exit").then(() => {});
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const force = setTimeout(() => child.kill("SIGKILL"), stopPatienceMs);
    await gone;
    clearTimeout(force);
  };
  return {
    name,
    pid: child.pid ?? 0,
    log: () => log,
    gone,
    ask: async <Said>(message: Serializable) => {
      const said = once(child, "message");
      child.send(message);
      const ended = gone.then(() => {
        throw new Error(`${name} ended before it answered\n${log}`);
      });
      const [answer] = await Promise.race([said, ended]);
      return answer as Said;
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

async function ready(handle: Child, child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const tooLong = setTimeout(() => reject(new Error("it did not get ready")), startPatienceMs);
  child.on("message", (message) => message === "ready" && resolve());
  handle.gone.then(() => reject(new Error("it ended before it was ready")));
  try {
    await promise;
  } catch (error) {
    await handle.kill();
    throw new Error(`${handle.name}: ${(error as Error).message}\n${handle.log()}`);
  } finally {
    clearTimeout(tooLong);
  }
}

/** What this machine's own environment says of a shop is not for the tests. */
function ownEnvironment(): Record<string, string | undefined> {
  const unwanted =
    /^(NODE_ENV|NODE_OPTIONS|VITEST.*|TEST|PORT|.*_URL|WECHAT_.*|SANDBOX_.*|DATA_DIR|AUTH_SECRET|DATA_KEY|METRICS_TOKEN|TRUSTED_PROXIES)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)));
}
