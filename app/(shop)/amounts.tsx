import { Money } from "@/app/ui/money";
import styles from "./amounts.module.css";

type Row = { label: string; fen: number; zero?: string; received?: boolean };

/** Amounts under each other with a rule above the sum, as in a ledger. `zero` is said instead of ¥0.00. */
export function Amounts({ rows, total }: { rows: Row[]; total: Row }) {
  return (
    <dl className={styles.amounts}>
      {rows.map((row) => (
        <div key={row.label} className={styles.row}>
          <dt>{row.label}</dt>
          <dd>{row.fen === 0 && row.zero ? row.zero : <Money fen={row.fen} />}</dd>
        </div>
      ))}
      <div className={`${styles.row} ${styles.total}`}>
        <dt>{total.label}</dt>
        <dd>
          <Money fen={total.fen} className={total.received ? styles.received : undefined} />
        </dd>
      </div>
    </dl>
  );
}
