"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { AddFeedback } from "../../cart/add-feedback";
import { nothingAdded } from "../../cart/add-state";
import { addToCart } from "../../cart/add-to-cart";
import { useKeptForm } from "../../use-kept-form";
import type { BuyOffer } from "./buy-offer";
import styles from "./product.module.css";
import { QuantityField } from "./quantity-field";
import { VariantFields } from "./variant-fields";

/**
 * Which variant, how many, and two buttons of one form: into the cart, which is a server action, or straight to the
 * checkout, which is an address. Without JavaScript both do the same. `addKey` is of this rendering of the page.
 */
export function BuyForm({ offer, addKey, cart }: { offer: BuyOffer; addKey: string; cart: ReactNode }) {
  const { words, rows, most } = offer;
  const { state, pending, action, onSubmit } = useKeptForm(addToCart, nothingAdded, words.unreachable);
  const preset = state.typed?.sku ?? offer.sku;
  const [sku, setSku] = useState(preset);
  const chosen = rows.find((row) => row.sku === sku);
  const isSoldOut = most === 0;

  function submit(event: FormEvent<HTMLFormElement>) {
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (submitter?.getAttribute("formaction") !== checkout) return onSubmit(event);
    event.preventDefault(); // The same address as without a script, but for what the action's own fields add to it.
    const form = new FormData(event.currentTarget);
    const fields = { sku: String(form.get("sku")), quantity: String(form.get("quantity")) };
    const query = `?${new URLSearchParams(fields)}`;
    history.replaceState(history.state, "", query); // Whoever comes back finds it as they left it.
    location.assign(checkout + query);
  }

  return (
    <form action={action} onSubmit={submit}>
      <VariantFields rows={rows} preset={preset} legend={words.variant} onChoose={setSku} />
      {offer.problem.sku && (
        <p className={styles.problem} role="alert">
          {offer.problem.sku}
        </p>
      )}
      {!isSoldOut && (
        <QuantityField
          words={words}
          typed={state.typed?.quantity ?? offer.quantity}
          most={chosen?.available ?? most}
          problem={offer.problem.quantity}
          describedBy={state.wrong === "quantity" ? feedback : null}
        />
      )}
      <div className={styles.bar} data-bottom-bar>
        <AddFeedback id={feedback} state={state} />
        <div className={styles.buttons}>
          {cart}
          {isSoldOut ? (
            <button type="button" className="weui-btn weui-btn_default" disabled>
              {words.soldOut}
            </button>
          ) : (
            <>
              <button
                type="submit"
                className="weui-btn weui-btn_default"
                name="addKey" // Of this button: as secret as a cookie, it has no place in the checkout's address.
                value={addKey}
                formNoValidate
                aria-disabled={pending}
              >
                {pending ? words.adding : words.add}
              </button>
              <button
                type="submit"
                className="weui-btn weui-btn_primary"
                formAction={checkout}
                formMethod="get"
              >
                {words.buy}
              </button>
            </>
          )}
        </div>
      </div>
    </form>
  );
}

const checkout = "/checkout";
const feedback = "add-feedback";
