"use client";

import { type ReactNode, useActionState, useId } from "react";
import { change } from "./change";
import type { SettingKind } from "./setting-text";

type Props = {
  setting: string;
  kind: SettingKind;
  /** The id of the text that names it. */
  labelledBy: string;
  /** The id of the text that says what it does. */
  describedBy: string;
  current: string;
  save: string;
  /** Of a secret: as much of it as people may see, and the button that switches it off. */
  secret?: { masked: string; off: string } | null;
  /** What proves who sits there, where it is asked for. */
  proof?: ReactNode;
};

const widths = {
  amount: "w-32 text-end",
  number: "w-24 text-end",
  timeZone: "w-56",
  language: "w-24",
  address: "w-56",
  text: "w-56",
};

/** One setting and its button. Works without JavaScript: the page comes back with the answer beside the field. */
export function SettingForm({ setting, kind, labelledBy, describedBy, current, save, secret, proof }: Props) {
  const [state, submit, pending] = useActionState(change, null);
  const id = useId();
  const problem = state && "problem" in state ? state : null;
  const saved = state && "saved" in state ? state.saved : null;
  return (
    <form action={submit} className="grid gap-1">
      <input type="hidden" name="key" value={setting} />
      {secret && <p className="zg-code break-all">{secret.masked}</p>}
      {proof}
      <div className="flex flex-wrap items-center gap-2">
        {kind === "amount" && <span aria-hidden="true">¥</span>}
        <input
          name="value"
          key={current}
          defaultValue={problem?.typed ?? current}
          inputMode={kind === "amount" ? "decimal" : kind === "number" ? "numeric" : undefined}
          autoComplete="off"
          spellCheck={kind === "address" ? false : undefined}
          maxLength={kind === "address" ? 500 : 60}
          aria-labelledby={labelledBy}
          aria-describedby={problem ? `${id}-problem ${describedBy}` : describedBy}
          aria-invalid={problem ? true : undefined}
          className={`field zg-number ${widths[kind]}`}
        />
        <button
          type="submit"
          id={`${id}-save`}
          aria-labelledby={`${id}-save ${labelledBy}`}
          aria-disabled={pending}
          onClick={(event) => pending && event.preventDefault()}
          className="button"
        >
          {save}
        </button>
        {secret && (
          <button
            type="submit"
            name="off"
            value="1"
            id={`${id}-off`}
            aria-labelledby={`${id}-off ${labelledBy}`}
            className="button quiet"
          >
            {secret.off}
          </button>
        )}
      </div>
      {problem && (
        <p id={`${id}-problem`} role="alert" className="text-danger text-s">
          {problem.problem}
        </p>
      )}
      {saved && (
        <p role="status" className="text-s text-soft">
          {saved}
        </p>
      )}
    </form>
  );
}
