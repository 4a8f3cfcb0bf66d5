import { parseArgs } from "node:util";
import type { Given } from "@/lib/sandbox/command/command";
import { commands } from "@/lib/sandbox/command/commands";
import { help } from "@/lib/sandbox/command/help";
import { UsageError } from "@/lib/sandbox/command/usage-error";

/** `npm run sandbox -- …`: prints what happened, or one line of what is wrong. Answers the exit code. */
export async function runSandboxCommand(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    console.log(help);
    return 0;
  }
  try {
    const { json, given, command } = readCommand(name, rest);
    const { answer, text } = await command.run(given);
    console.log(json ? JSON.stringify(answer, null, 2) : text);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`sandbox: ${error.message}`);
    return 1;
  }
}

function readCommand(name: string, args: string[]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command "${name}"; \`npm run sandbox -- help\` lists them`);
  const options = Object.entries({ ...command.options, json: "flag" as const }).map(
    ([option, kind]) => [option, { type: kind === "flag" ? "boolean" : "string" }] as const,
  );
  const { values, positionals } = parse(args, Object.fromEntries(options));
  const [least, most] = command.words;
  if (positionals.length < least || positionals.length > most) {
    throw new UsageError(`${name} takes ${wordCount(least, most)}; \`npm run sandbox -- help\` shows how`);
  }
  const given: Given = { words: positionals, options: values as Given["options"] };
  return { json: values.json === true, given, command };
}

function parse(args: string[], options: Record<string, { type: "boolean" | "string" }>) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw new UsageError(`${line}; \`npm run sandbox -- help\` lists the options`);
  }
}

function wordCount(least: number, most: number): string {
  if (most === 0) return "no further words";
  const range = least === most ? String(least) : `${least} to ${most}`;
  return `${range} ${most === 1 ? "word" : "words"}, such as an out_trade_no`;
}
