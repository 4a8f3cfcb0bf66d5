"use client";

import { useActionState } from "react";
import { type ChoosePasswordState, choosePassword } from "./choose-password";

type Words = { password: string; hint: string; again: string; submit: string; submitting: string };

const start: ChoosePasswordState = { field: null, problem: null };

export function ChoosePasswordForm({ words, token, email }: { words: Words; token: string; email: string }) {
  const [state, submit, pending] = useActionState(choosePassword, start);
  const problem = (
    <p id="problem" role="alert" className="text-danger">
      {state.problem}
    </p>
  );
  const field = {
    type: "password",
    required: true,
    autoComplete: "new-password",
    maxLength: 200,
    className: "field",
  };
  const wrong = (name: "password" | "again") => (state.field === name ? { "aria-invalid": true } : {});
  return (
    <form action={submit} className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="email" autoComplete="username" value={email} />
      {state.problem && state.field === null && problem}
      <div className="grid gap-1">
        <label htmlFor="password">{words.password}</label>
        <input
          {...field}
          {...wrong("password")}
          id="password"
          name="password"
          aria-describedby="hint problem"
        />
        <p id="hint" className="text-s text-soft">
          {words.hint}
        </p>
        {state.field === "password" && problem}
      </div>
      <div className="grid gap-1">
        <label htmlFor="again">{words.again}</label>
        <input {...field} {...wrong("again")} id="again" name="again" aria-describedby="problem" />
        {state.field === "again" && problem}
      </div>
      <button type="submit" className="button primary" aria-disabled={pending}>
        {pending ? words.submitting : words.submit}
      </button>
    </form>
  );
}
