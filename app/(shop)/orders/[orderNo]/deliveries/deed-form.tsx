"use client";

import { useKeptForm } from "@/app/(shop)/use-kept-form";
import { type DeedState, untouched } from "./deed-state";
import styles from "./deliveries.module.css";

type Props = {
  orderNo: string;
  deed: (before: DeedState, form: FormData) => Promise<DeedState>;
  words: { submit: string; submitting: string; unreachable: string };
  primary?: true;
};

/** One button about an order, and why it did not work. Works without JavaScript. */
export function DeedForm({ orderNo, deed, words, primary }: Props) {
  const { state, pending, ...submit } = useKeptForm(deed, untouched, words.unreachable);
  return (
    <form {...submit} className={styles.deed}>
      <input type="hidden" name="orderNo" value={orderNo} />
      {state.message && (
        <p className={styles.trouble} role="alert">
          {state.message}
        </p>
      )}
      <button
        type="submit"
        className={`weui-btn weui-btn_block ${primary ? "weui-btn_primary" : "weui-btn_default"}`}
        disabled={pending}
      >
        {pending ? words.submitting : words.submit}
      </button>
    </form>
  );
}
