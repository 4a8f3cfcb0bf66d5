"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useActionState, useState, useTransition } from "react";

/**
 * Sends a form by a server action. `action` serves the browser without JavaScript; with it, `onSubmit` keeps the page
 * and what was typed also when no answer comes: `unreachable` is shown then, and the form may be sent again. The field
 * `kept` tells the action that the page stays. While it waits a press does nothing; its button is `aria-disabled`, as a
 * disabled one loses the focus to nowhere.
 */
export function useKeptForm<State extends { message: string | null }>(
  send: (before: Awaited<State>, form: FormData) => Promise<Awaited<State>>,
  untouched: Awaited<State>,
  unreachable: string,
  more: {
    keep?: (answered: Awaited<State>) => Partial<Awaited<State>>;
    /** It was done, and the answer is another page. */
    onDone?: () => void;
    /** What is sent last counts: it may be sent while an answer is waited for. */
    mayOverlap?: boolean;
  } = {},
) {
  const [posted, action] = useActionState(send, untouched);
  const [answer, setAnswer] = useState<Awaited<State> | null>(null);
  const [pending, startTransition] = useTransition();
  const state = answer ?? posted;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    const { submitter } = event.nativeEvent as SubmitEvent;
    if (submitter?.hasAttribute("formaction")) return; // That button goes elsewhere, as it does without a script.
    event.preventDefault();
    if (pending && !more.mayOverlap) return;
    const form = new FormData(event.currentTarget);
    form.set("kept", "yes");
    if (submitter instanceof HTMLButtonElement && submitter.name) form.set(submitter.name, submitter.value);
    startTransition(async () => {
      try {
        setAnswer(await send(state, form));
      } catch (error) {
        if (isAnotherPage(error)) {
          more.onDone?.();
          throw error;
        }
        setAnswer({ ...untouched, ...more.keep?.(state), message: unreachable });
      }
    });
  }

  return { state, pending, action, onSubmit };
}

/** Next's own way to say "redirect" or "not found". */
function isAnotherPage(error: unknown): boolean {
  try {
    unstable_rethrow(error);
    return false;
  } catch {
    return true;
  }
}
