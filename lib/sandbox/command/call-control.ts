import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@/lib/sandbox/command/usage-error";
import { controlHeader } from "@/lib/sandbox/control/control-header";

const notRunning =
  "the sandbox is not running: start it with `npm start` (or set DATA_DIR to the one that runs)";

/** Asks the running sandbox, found through its merchant.json. Throws UsageError with the sandbox's own words. */
export async function callControl<Result>(name: string, body: unknown): Promise<Result> {
  let response: Response;
  try {
    response = await fetch(`${webUrl()}/control/${name}`, {
      method: "POST",
      headers: { [controlHeader]: "command", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new UsageError(notRunning);
  }
  const answer = (await response.json()) as Result & { error?: string };
  if (!response.ok) throw new UsageError(answer.error ?? `the sandbox answered HTTP ${response.status}`);
  return answer;
}

/** Where the running sandbox says its pages are. */
export function webUrl(): string {
  const file = join(process.env.DATA_DIR || ".data", "sandbox", "merchant.json");
  if (!existsSync(file)) throw new UsageError(notRunning);
  return (JSON.parse(readFileSync(file, "utf8")) as { webUrl: string }).webUrl;
}
