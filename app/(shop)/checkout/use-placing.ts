"use client";

import { unstable_rethrow } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useActionState, useState, useTransition } from "react";
import { type CheckoutState, untouched } from "./checkout-state";
import { placeOrder } from "./place-order";

/**
 * Sends the order form. `action` serves the browser without JavaScript; with it, `onSubmit` keeps the page and what
 * was typed also when no answer comes: the form's key makes it safe to send again.
 */
export function usePlacing() {
  const t = useTranslations("shop.checkout");
  const [posted, action] = useActionState(placeOrder, untouched);
  const [answer, setAnswer] = useState<CheckoutState | null>(null);
  const [pending, startTransition] = useTransition();
  const state = answer ?? posted;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      try {
        setAnswer(await placeOrder(state, form));
      } catch (error) {
        unstable_rethrow(error); // Next's own way to say "redirect".
        setAnswer({ ...untouched, message: t("unreachable") });
      }
    });
  }

  return { state, pending, action, onSubmit };
}
