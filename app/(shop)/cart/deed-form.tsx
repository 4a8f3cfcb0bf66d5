"use client";

import { useKeptForm } from "@/app/(shop)/use-kept-form";
import styles from "./cart.module.css";
import { type DeedState, untouched } from "./deed-state";

type Props = {
  deed: (before: DeedState, form: FormData) => Promise<DeedState>;
  fields: Record<string, string | number>;
  words: { submit: string; unreachable: string };
  /** What the button is about, for who does not see beside what it stands. */
  label?: string;
};

/** One button in the cart, and why it did not work. Works without JavaScript. */
export function DeedForm({ deed, fields, words, label }: Props) {
  const { state, pending, ...submit } = useKeptForm(deed, untouched, words.unreachable);

  return (
    <form {...submit} className={styles.deed}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={styles.action} aria-label={label} aria-disabled={pending}>
        {words.submit}
      </button>
      {state.message && (
        <p className={styles.problem} role="alert">
          {state.message}
        </p>
      )}
    </form>
  );
}
