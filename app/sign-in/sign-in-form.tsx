"use client";

import { useActionState } from "react";
import { type SignInState, signInWithForm } from "./sign-in";

type Words = { email: string; password: string; submit: string; submitting: string };

/** Works without JavaScript too: the action's answer is rendered into the page. */
export function SignInForm({
  words,
  start,
  returnTo,
}: {
  words: Words;
  start: SignInState;
  returnTo: string;
}) {
  const [state, submit, pending] = useActionState(signInWithForm, start);
  const wrong = state.problem !== null;
  const field = {
    required: true,
    "aria-invalid": wrong || undefined,
    "aria-describedby": wrong ? "problem" : undefined,
  };
  return (
    <form action={submit} className="grid gap-4">
      <input type="hidden" name="returnTo" value={returnTo} />
      <div className="grid gap-1">
        <label htmlFor="email">{words.email}</label>
        <input
          {...field}
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          maxLength={200}
          defaultValue={state.email}
          className="field"
        />
      </div>
      <div className="grid gap-1">
        <label htmlFor="password">{words.password}</label>
        <input
          {...field}
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          className="field"
        />
        {wrong && (
          <p id="problem" role="alert" className="text-danger">
            {state.problem}
          </p>
        )}
      </div>
      <button type="submit" className="button primary" aria-disabled={pending}>
        {pending ? words.submitting : words.submit}
      </button>
    </form>
  );
}
