import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** What a sandbox shop signs and encrypts with; a real one is given its own. */
const Secrets = z.object({ authSecret: z.string().min(32), dataKey: z.string().min(44) });
export type Secrets = z.infer<typeof Secrets>;

/** The secrets kept in the data folder, made at the first start. */
export function keepSecrets(dataDir: string): Secrets {
  const kept = findSecrets(dataDir);
  if (kept) return kept;
  const made = {
    authSecret: `sandbox-${randomBytes(32).toString("hex")}`,
    dataKey: randomBytes(32).toString("base64"),
  };
  mkdirSync(dataDir, { recursive: true });
  // Two processes at once: the first to write wins, the other reads it.
  try {
    writeFileSync(secretsPath(dataDir), `${JSON.stringify(made)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return findSecrets(dataDir) ?? unreadable(dataDir);
  }
  return made;
}

export function findSecrets(dataDir: string): Secrets | null {
  try {
    return Secrets.parse(JSON.parse(readFileSync(secretsPath(dataDir), "utf8")));
  } catch {
    return null; // Not made yet; a broken file is told apart when one tries to make it.
  }
}

/** Next encrypts what a page's actions close over: with the same key on every machine that shares AUTH_SECRET. */
export function actionsKey(authSecret: string): string {
  return createHmac("sha256", authSecret).update("zhanggui server actions").digest("base64");
}

function unreadable(dataDir: string): never {
  throw new Error(
    `${secretsPath(dataDir)} cannot be read. Restore it: what the database keeps encrypted needs it.`,
  );
}

function secretsPath(dataDir: string): string {
  return join(dataDir, "secrets.json");
}
