import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { loadEnvFile } from "node:process";
import { type Environment, parseEnvironment } from "@/lib/environment/environment";

/** The settings of this process: its environment, then `.env`, then what `npm start` prepared. */
export function loadEnvironment(): Environment {
  loadDotEnv();
  return parseEnvironment({ variables: process.env, dataDir: dataFolder() });
}

/** Adds what `.env` says, without overriding the real environment; an empty variable counts as unset. */
export function loadDotEnv(): void {
  if (!existsSync(".env")) return;
  const empty = Object.keys(process.env).filter((name) => process.env[name] === "");
  for (const name of empty) delete process.env[name];
  loadEnvFile(".env");
}

/** Where this shop keeps what is not in its database: `.data`, or DATA_DIR. */
export function dataFolder(): string {
  return resolve(/*turbopackIgnore: true*/ process.env.DATA_DIR || ".data"); // Else the build traces all files.
}
