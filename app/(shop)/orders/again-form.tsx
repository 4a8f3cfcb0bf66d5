"use client";

import Link from "next/link";
import { useKeptForm } from "../use-kept-form";
import styles from "./again.module.css";
import { untouched } from "./again-state";
import { buyOwnAgain } from "./buy-own-again";

type Props = {
  orderNo: string;
  addKey: string;
  words: { submit: string; submitting: string; unreachable: string; cart: string };
};

/** One button that fills the cart, and what of it could not be had. Works without JavaScript. */
export function AgainForm({ orderNo, addKey, words }: Props) {
  const { state, pending, ...submit } = useKeptForm(buyOwnAgain, untouched, words.unreachable);
  return (
    <form {...submit} className={styles.again}>
      <input type="hidden" name="orderNo" value={orderNo} />
      <input type="hidden" name="addKey" value={addKey} />
      {state.message && (
        <p className={styles.told} role="alert">
          {state.message}
          {state.isInCart && (
            <Link className={styles.cart} href="/cart" prefetch={false}>
              {words.cart}
            </Link>
          )}
        </p>
      )}
      <button type="submit" className="weui-btn weui-btn_block weui-btn_default" aria-disabled={pending}>
        {pending ? words.submitting : words.submit}
      </button>
    </form>
  );
}
