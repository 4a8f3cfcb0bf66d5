import { runSandboxCommand } from "@/lib/sandbox/command/run-command";

/** `npm run sandbox -- pay OUT_TRADE_NO …`: makes WeChat's stand-in do something. */
process.exitCode = await runSandboxCommand(process.argv.slice(2));
