import { chmodSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

export type Ledger = DatabaseSync;

/**
 * Opens the sandbox's own books. SQLite, because they must survive a restart and a kill, and because the
 * sandbox shares nothing with the shop's database. Times are milliseconds of the sandbox's clock.
 */
export function openLedger(file: string): Ledger {
  const ledger = new DatabaseSync(file);
  // Exclusive: a second sandbox on the same books would send every notification twice. A killed one frees them.
  ledger.exec("PRAGMA busy_timeout = 2000; PRAGMA locking_mode = EXCLUSIVE;");
  ledger.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  ledger.exec(schema);
  chmodSync(file, 0o600); // The merchant's secrets are among the facts.
  return ledger;
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

const schema = `
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS orders (
  out_trade_no TEXT PRIMARY KEY, app_id TEXT NOT NULL, trade_type TEXT NOT NULL, sign_type TEXT NOT NULL,
  total_fen INTEGER NOT NULL CHECK (total_fen > 0), body TEXT NOT NULL, attach TEXT NOT NULL, openid TEXT,
  notify_url TEXT NOT NULL, request TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER,
  closed_at INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS orders_newest ON orders (created_at DESC);
CREATE TABLE IF NOT EXISTS prepays (
  prepay_id TEXT PRIMARY KEY, out_trade_no TEXT NOT NULL REFERENCES orders, code TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS prepays_of ON prepays (out_trade_no, created_at DESC);
CREATE TABLE IF NOT EXISTS transactions (
  transaction_id TEXT PRIMARY KEY, out_trade_no TEXT NOT NULL REFERENCES orders,
  total_fen INTEGER NOT NULL CHECK (total_fen > 0), coupon_fen INTEGER NOT NULL, openid TEXT NOT NULL,
  bank_type TEXT NOT NULL, paid_at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS transactions_of ON transactions (out_trade_no, paid_at);
CREATE TABLE IF NOT EXISTS notifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, label TEXT NOT NULL, out_trade_no TEXT NOT NULL,
  transaction_id TEXT, url TEXT NOT NULL, body TEXT NOT NULL, copies INTEGER NOT NULL DEFAULT 1,
  drops INTEGER NOT NULL DEFAULT 0, most_tries INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'accepted', 'given_up')),
  created_at INTEGER NOT NULL, next_at INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS notifications_due ON notifications (next_at) WHERE status = 'waiting';
CREATE INDEX IF NOT EXISTS notifications_of ON notifications (out_trade_no, id);
CREATE TABLE IF NOT EXISTS tries (
  id INTEGER PRIMARY KEY AUTOINCREMENT, notification_id INTEGER NOT NULL REFERENCES notifications,
  at INTEGER NOT NULL, took_ms INTEGER NOT NULL, outcome TEXT NOT NULL, http_status INTEGER, answer TEXT) STRICT;
CREATE INDEX IF NOT EXISTS tries_of ON tries (notification_id, id);
CREATE TABLE IF NOT EXISTS faults (
  id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, kind TEXT NOT NULL, out_trade_no TEXT,
  options TEXT NOT NULL, remaining INTEGER NOT NULL, armed_at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, call TEXT NOT NULL, out_trade_no TEXT,
  outcome TEXT NOT NULL, fault TEXT, took_ms INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS calls_of ON calls (out_trade_no, id);
CREATE TABLE IF NOT EXISTS openids (
  openid TEXT PRIMARY KEY, app_id TEXT NOT NULL, buyer TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS codes (
  code TEXT PRIMARY KEY, purpose TEXT NOT NULL, app_id TEXT NOT NULL, buyer TEXT NOT NULL, scope TEXT NOT NULL,
  created_at INTEGER NOT NULL, used_at INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS tokens (
  token TEXT PRIMARY KEY, app_id TEXT NOT NULL, purpose TEXT NOT NULL, issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, forced INTEGER NOT NULL DEFAULT 0) STRICT;
`;
