import { Money } from "@/app/ui/money";
import styles from "./amounts.module.css";

type Row = { label: string; fen: number; zero?: string; received?: boolean };

/**
 * Amounts under each other with a rule above the sum, as in a ledger; `after` is what happened to the sum since.
 * `zero` is said instead of ¥0.00.
 */
export function Amounts({ rows, total, after = [] }: { rows: Row[]; total: Row; after?: Row[] }) {
  return (
    <dl className={styles.amounts}>
      {rows.map(rowOf)}
      <div className={`${styles.row} ${styles.total}`}>
        <dt>{total.label}</dt>
        <dd>
          <Money fen={total.fen} className={total.received ? styles.received : undefined} />
        </dd>
      </div>
      {after.map(rowOf)}
    </dl>
  );
}

function rowOf({ label, fen, zero }: Row) {
  return (
    <div key={label} className={styles.row}>
      <dt>{label}</dt>
      <dd>{fen === 0 && zero ? zero : <Money fen={fen} />}</dd>
    </div>
  );
}
