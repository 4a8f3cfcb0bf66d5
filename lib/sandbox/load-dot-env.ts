import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";

/** Adds what `.env` says, as the shop does: a merchant's number there forbids the sandbox, too. */
export function loadDotEnv(): void {
  if (existsSync(".env")) loadEnvFile(".env"); // What the environment says, even an empty word, stays.
}
