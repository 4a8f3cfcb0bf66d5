import { runSandboxCommand } from "@/lib/sandbox/command/run-command";
import { loadDotEnv } from "@/lib/sandbox/load-dot-env";

/** `npm run sandbox -- pay OUT_TRADE_NO …`: makes WeChat's stand-in do something. */
loadDotEnv(); // DATA_DIR may stand there.
process.exitCode = await runSandboxCommand(process.argv.slice(2));
