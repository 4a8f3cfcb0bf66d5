import Link from "next/link";
import { shapeLine } from "@/app/ui/shape-line";
import styles from "./add-feedback.module.css";
import type { AddState } from "./add-state";

/** What came of adding, beside the button that was pressed: read out as it comes, also by who does not see it. */
export function AddFeedback({ id, state }: { id: string; state: Pick<AddState, "message" | "added"> }) {
  return (
    <>
      <p id={id} className={styles.problem} role="alert">
        {state.message}
      </p>
      <div className={styles.added} role="status">
        {state.added && (
          <>
            <svg viewBox="0 0 16 16" className={styles.mark} aria-hidden="true">
              <path {...shapeLine} d="M1.5 2.5h2l1.7 7.8h7.2l.6-2M6 13.2h.01M11.6 13.2h.01M7 4.8l2 2 4-4.3" />
            </svg>
            <span>{state.added.text}</span>
            <Link className={styles.link} href="/cart" prefetch={false}>
              {state.added.link}
            </Link>
          </>
        )}
      </div>
    </>
  );
}
