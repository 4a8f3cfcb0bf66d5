/** The tables of the sandbox's books. Times are milliseconds of its clock, money is fen. */
export const schema = `
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
CREATE INDEX IF NOT EXISTS notifications_alarms ON notifications (id) WHERE kind = 'alarm';
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
CREATE TABLE IF NOT EXISTS tickets (
  ticket TEXT PRIMARY KEY, app_id TEXT NOT NULL, issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS share_cards (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('friend', 'moments')),
  page TEXT NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, link TEXT NOT NULL, picture TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS refunds (
  refund_id TEXT PRIMARY KEY, out_refund_no TEXT NOT NULL UNIQUE,
  transaction_id TEXT NOT NULL REFERENCES transactions, out_trade_no TEXT NOT NULL REFERENCES orders,
  refund_fen INTEGER NOT NULL CHECK (refund_fen > 0), coupon_fen INTEGER NOT NULL, account TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('API', 'VENDOR_PLATFORM')), description TEXT, notify_url TEXT NOT NULL,
  plan TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('PROCESSING', 'SUCCESS', 'CHANGE', 'REFUNDCLOSE')),
  recv_account TEXT NOT NULL, created_at INTEGER NOT NULL, settle_at INTEGER, settled_at INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS refunds_of ON refunds (out_trade_no, created_at);
CREATE INDEX IF NOT EXISTS refunds_of_transaction ON refunds (transaction_id, created_at);
CREATE INDEX IF NOT EXISTS refunds_due ON refunds (settle_at) WHERE status = 'PROCESSING';
CREATE TABLE IF NOT EXISTS purse_moves (
  id INTEGER PRIMARY KEY AUTOINCREMENT, purse TEXT NOT NULL CHECK (purse IN ('unsettled', 'recharge')),
  fen INTEGER NOT NULL, why TEXT NOT NULL CHECK (why IN ('refund', 'returned', 'set')),
  refund_id TEXT REFERENCES refunds, at INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS purse_moves_once ON purse_moves (refund_id, why) WHERE refund_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS delivery_reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT, transaction_id TEXT NOT NULL REFERENCES transactions,
  out_trade_no TEXT NOT NULL, app_id TEXT NOT NULL, openid TEXT NOT NULL,
  status INTEGER NOT NULL CHECK (status IN (0, 1)), message TEXT NOT NULL, deliver_timestamp TEXT NOT NULL,
  body TEXT NOT NULL, copies INTEGER NOT NULL DEFAULT 1, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  UNIQUE (transaction_id, body)) STRICT;
CREATE INDEX IF NOT EXISTS delivery_reports_of ON delivery_reports (out_trade_no, id);
CREATE TABLE IF NOT EXISTS shipping_uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT, transaction_id TEXT NOT NULL REFERENCES transactions,
  out_trade_no TEXT NOT NULL, logistics_type INTEGER NOT NULL, delivery_mode INTEGER NOT NULL,
  is_all_delivered INTEGER NOT NULL, is_reship INTEGER NOT NULL, parcels TEXT NOT NULL, upload_time TEXT NOT NULL,
  at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS shipping_uploads_of ON shipping_uploads (transaction_id, id);
CREATE INDEX IF NOT EXISTS shipping_uploads_of_number ON shipping_uploads (out_trade_no, id);
`;

/** Columns that joined a table after ledgers had been made with it: table, column, definition. */
export const laterColumns = [
  ["notifications", "out_refund_no", "TEXT"],
  ["calls", "out_refund_no", "TEXT"],
  ["transactions", "reported_at", "INTEGER"],
  ["transactions", "late_alarm_at", "INTEGER"],
  ["transactions", "confirmed_state", "INTEGER"],
  ["tokens", "replaced", "INTEGER NOT NULL DEFAULT 0"], // A newer one ended it before its time.
] as const;

/** Over columns that joined later. */
export const laterIndexes = `
CREATE INDEX IF NOT EXISTS calls_of_refund ON calls (out_refund_no, id);
CREATE INDEX IF NOT EXISTS transactions_owing ON transactions (paid_at) WHERE reported_at IS NULL AND late_alarm_at IS NULL;
CREATE INDEX IF NOT EXISTS notifications_of_refund ON notifications (out_refund_no, id);
`;
