import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beganAt, isSameProcess, readOrEmpty } from "@/lib/db/embedded/processes";
import { type Service, startService } from "@/scripts/start/service";

/**
 * Starts WeChat's stand-in, unless another `npm start` on the same data folder keeps one. Resolves when it
 * listens and has written what the app needs of it.
 */
export async function startSandbox(options: {
  dataDir: string;
  env: Record<string, string>;
  say: (line: string) => void;
  onStart: (service: Service) => void;
  onHopeless: (message: string) => void;
}): Promise<void> {
  const keeper = join(options.dataDir, "sandbox", "keeper");
  const [pid, began] = readOrEmpty(keeper).split(" ");
  if (pid && Number(pid) !== process.pid && isSameProcess(Number(pid), began ?? "")) return;
  mkdirSync(join(options.dataDir, "sandbox"), { recursive: true });
  writeFileSync(keeper, `${process.pid} ${beganAt(process.pid)}`);
  const service = startService({
    name: "sandbox",
    script: "lib/sandbox/main.ts",
    readyLine: "sandbox ready",
    ...options,
  });
  options.onStart(service);
  await service.ready;
}
