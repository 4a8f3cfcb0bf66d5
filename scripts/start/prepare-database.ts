import { setTimeout as sleep } from "node:timers/promises";
import { migrateDatabase } from "@/lib/db/migrate";

const patienceMs = 15_000; // A database that is started beside us, by compose for one, needs a moment.
const notYet = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "CONNECT_TIMEOUT", "57P03"]);

const reasons: Record<string, string> = {
  ECONNREFUSED: "nothing listens at its address",
  ENOTFOUND: "its host is not known",
  EAI_AGAIN: "its host is not known",
  CONNECT_TIMEOUT: "it does not answer",
  ETIMEDOUT: "it does not answer",
  "28P01": "it refuses the password",
  "28000": "it refuses the user",
  "3D000": "it has no database of that name",
  "42501": "the user may not create tables in it",
  "57P03": "it is starting up",
};

/** Migrates the database, waiting for one that is just starting; says in one line why it cannot be used. */
export async function prepareDatabase(options: {
  directDatabaseUrl: string;
  say: (line: string) => void;
  signal: AbortSignal;
}): Promise<void> {
  for (const began = Date.now(); ; await sleep(500)) {
    try {
      return await migrateDatabase(options.directDatabaseUrl);
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code ?? "");
      if (options.signal.aborted) throw error;
      if (!notYet.has(code) || Date.now() - began > patienceMs) throw new DatabaseUnusable(code, error);
      if (Date.now() - began < 500) options.say("Waiting for the database…");
    }
  }
}

export class DatabaseUnusable extends Error {
  override readonly name = "DatabaseUnusable";

  constructor(code: string, cause: unknown) {
    const reason = reasons[code];
    super(
      reason ? `The database cannot be used: ${reason} (${code}). Check DATABASE_URL.` : messageOf(cause),
    );
    if (!reason) this.cause = cause;
  }
}

function messageOf(cause: unknown): string {
  return `The database could not be brought to this version: ${cause instanceof Error ? cause.message : String(cause)}`;
}
