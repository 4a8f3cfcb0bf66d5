"use client";

import { useKeptForm } from "@/app/(shop)/use-kept-form";
import styles from "./deed.module.css";
import { type DeedState, untouched } from "./deed-state";

type Props = {
  deed: (before: DeedState, form: FormData) => Promise<DeedState>;
  /** What it is about: a number of an order or a refund. */
  fields: Record<string, string>;
  words: { submit: string; submitting: string; unreachable: string };
  look?: "primary" | "default" | "warn";
};

/** One button about an order or a refund, and why it did not work. Works without JavaScript. */
export function DeedForm({ deed, fields, words, look = "default" }: Props) {
  const { state, pending, ...submit } = useKeptForm(deed, untouched, words.unreachable);
  return (
    <form {...submit} className={styles.deed}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.message && (
        <p className={styles.trouble} role="alert">
          {state.message}
        </p>
      )}
      <button type="submit" className={`weui-btn weui-btn_block weui-btn_${look}`} aria-disabled={pending}>
        {pending ? words.submitting : words.submit}
      </button>
    </form>
  );
}
