import { chmodSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { laterColumns, laterIndexes, schema } from "@/lib/sandbox/ledger/schema";

export type Ledger = DatabaseSync;

/**
 * Opens the sandbox's own books. SQLite, because they must survive a restart and a kill, and because the
 * sandbox shares nothing with the shop's database.
 */
export function openLedger(file: string): Ledger {
  const ledger = new DatabaseSync(file);
  // Exclusive: a second sandbox on the same books would send every notification twice. A killed one frees them.
  ledger.exec("PRAGMA busy_timeout = 2000; PRAGMA locking_mode = EXCLUSIVE;");
  ledger.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  ledger.exec(schema);
  addLaterColumns(ledger);
  chmodSync(file, 0o600); // The merchant's secrets are among the facts.
  return ledger;
}

/** A ledger of an earlier version keeps its rows and gets what its tables did not have yet. */
function addLaterColumns(ledger: Ledger): void {
  for (const [table, column, definition] of laterColumns) {
    const known = ledger.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?").get(table, column);
    if (!known) ledger.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${definition}`);
  }
  ledger.exec(laterIndexes);
}

/** Rows of a query whose columns are named like the fields of `Row`. */
export function all<Row>(ledger: Ledger, sql: string, ...values: SQLInputValue[]): Row[] {
  return prepared(ledger, sql).all(...values) as Row[];
}

/** The first row, or undefined. */
export function first<Row>(ledger: Ledger, sql: string, ...values: SQLInputValue[]): Row | undefined {
  return prepared(ledger, sql).get(...values) as Row | undefined;
}

/** Runs one statement and answers how many rows it touched. */
export function run(ledger: Ledger, sql: string, ...values: SQLInputValue[]): number {
  return Number(prepared(ledger, sql).run(...values).changes);
}

/** All of it or nothing. SQLite has one writer and the work is synchronous, so nothing can come between. */
export function inOneStep<Result>(ledger: Ledger, work: () => Result): Result {
  ledger.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    ledger.exec("COMMIT");
    return result;
  } catch (error) {
    ledger.exec("ROLLBACK");
    throw error;
  }
}

const statements = new WeakMap<Ledger, Map<string, StatementSync>>();

/** Every statement is a constant text, so there are few of them: preparing each again was a third of a call's time. */
function prepared(ledger: Ledger, sql: string): StatementSync {
  const known = statements.get(ledger) ?? new Map<string, StatementSync>();
  statements.set(ledger, known);
  const statement = known.get(sql) ?? ledger.prepare(sql);
  known.set(sql, statement);
  return statement;
}
