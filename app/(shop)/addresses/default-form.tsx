"use client";

import { useKeptForm } from "@/app/(shop)/use-kept-form";
import { untouched } from "../orders/deed/deed-state";
import styles from "./addresses.module.css";
import { makeOwnDefault } from "./make-own-default";

/** Makes an address the default, and says why it did not work. Works without JavaScript. */
export function DefaultForm(props: {
  id: number;
  words: { submit: string; label: string; unreachable: string };
}) {
  const { submit, label, unreachable } = props.words;
  const { state, pending, ...sending } = useKeptForm(makeOwnDefault, untouched, unreachable);
  return (
    <form {...sending} className={styles.default}>
      <input type="hidden" name="id" value={props.id} />
      {state.message && (
        <p className={styles.problem} role="alert">
          {state.message}
        </p>
      )}
      <button type="submit" className={styles.deed} aria-label={label} aria-disabled={pending}>
        {submit}
      </button>
    </form>
  );
}
