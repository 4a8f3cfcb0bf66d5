import type { AskState } from "./ask-state";
import styles from "./refund.module.css";

/** What is wrong with a field, beside it. */
export function Problem({ of, state }: { of: string; state: AskState }) {
  const text = state.problems[of];
  return text ? (
    <p id={`${of}-problem`} className={styles.problem}>
      {text}
    </p>
  ) : null;
}
