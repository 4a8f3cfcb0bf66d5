"use client";

import { unstable_rethrow } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useActionState, useState, useTransition } from "react";
import { askRefund } from "./ask-refund";
import { type AskState, untouched } from "./ask-state";

/**
 * Sends the form. `action` serves the browser without JavaScript; with it, `onSubmit` keeps the page and what was
 * typed also when no answer comes: the form's key makes it safe to send again.
 */
export function useAsking() {
  const t = useTranslations("shop.refundForm");
  const [posted, action] = useActionState(askRefund, untouched);
  const [answer, setAnswer] = useState<AskState | null>(null);
  const [pending, startTransition] = useTransition();
  const state = answer ?? posted;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      try {
        setAnswer(await askRefund(state, form));
      } catch (error) {
        unstable_rethrow(error); // Next's own way to say "redirect".
        setAnswer({ ...untouched, message: t("unreachable") });
      }
    });
  }

  return { state, pending, action, onSubmit };
}
