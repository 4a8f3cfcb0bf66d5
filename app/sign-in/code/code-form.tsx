"use client";

import { useActionState } from "react";
import { enterCode } from "./enter-code";

type Words = { code: string; hint: string; submit: string; submitting: string };

/** Works without JavaScript too: the action's answer is rendered into the page. */
export function CodeForm({ words, returnTo }: { words: Words; returnTo: string }) {
  const [state, submit, pending] = useActionState(enterCode, { problem: null });
  const wrong = state.problem !== null;
  return (
    <form action={submit} className="grid gap-4">
      <input type="hidden" name="returnTo" value={returnTo} />
      <div className="grid gap-1">
        <label htmlFor="code">{words.code}</label>
        {/* Text, not digits alone: a recovery code has letters. */}
        <input
          id="code"
          name="code"
          required
          // biome-ignore lint/a11y/noAutofocus: the page has this one field, and the code runs out.
          autoFocus
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? "problem hint" : "hint"}
          className="field zg-code"
        />
        {wrong && (
          <p id="problem" role="alert" className="text-danger">
            {state.problem}
          </p>
        )}
        <p id="hint" className="text-s text-soft">
          {words.hint}
        </p>
      </div>
      <button type="submit" className="button primary" aria-disabled={pending}>
        {pending ? words.submitting : words.submit}
      </button>
    </form>
  );
}
