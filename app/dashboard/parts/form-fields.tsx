"use client";

import { type ReactNode, useId } from "react";
import { useSentForm } from "./action-panel";

type Named = { name: string; label: ReactNode; hint?: ReactNode; initial?: string };

/** A label, its field and what to know about it; what was typed before a refusal is there again. */
export function TextField({
  name,
  label,
  hint,
  initial = "",
  className = "w-full sm:w-64",
  suggestions = [],
  ...rest
}: Named & {
  className?: string;
  /** Offered while typing; anything else may be typed all the same. */
  suggestions?: string[];
  type?: "text" | "datetime-local" | "email" | "password";
  inputMode?: "decimal" | "numeric";
  required?: boolean;
  maxLength?: number;
  autoComplete?: "off" | "one-time-code" | "current-password" | "new-password";
  autoCapitalize?: "characters";
  spellCheck?: false;
}) {
  const id = useId();
  const { typed } = useSentForm();
  return (
    <Labelled id={id} label={label} hint={hint}>
      <input
        {...rest}
        id={id}
        name={name}
        defaultValue={typed[name] ?? initial}
        aria-describedby={hint ? `${id}-hint` : undefined}
        list={suggestions.length > 0 ? `${id}-list` : undefined}
        className={`field ${className}`}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
    </Labelled>
  );
}

export function TextArea({
  name,
  label,
  hint,
  initial = "",
  rows = 2,
  maxLength = 500,
  ...rest
}: Named & { required?: boolean; rows?: number; maxLength?: number; spellCheck?: false }) {
  const id = useId();
  const { typed } = useSentForm();
  return (
    <Labelled id={id} label={label} hint={hint}>
      <textarea
        {...rest}
        id={id}
        name={name}
        rows={rows}
        maxLength={maxLength}
        defaultValue={typed[name] ?? initial}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="field w-full max-w-[40em]"
      />
    </Labelled>
  );
}

export type Choice = { value: string; label: string };

export function SelectField({ name, label, hint, initial = "", choices }: Named & { choices: Choice[] }) {
  const id = useId();
  const { typed } = useSentForm();
  const chosen = typed[name] ?? initial;
  return (
    <Labelled id={id} label={label} hint={hint}>
      <select
        id={id}
        name={name}
        key={chosen}
        defaultValue={chosen}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="field w-full max-w-full sm:w-fit"
      >
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** `inline`: side by side, where the words are short. */
export function RadioField({
  name,
  label,
  initial,
  choices,
  inline,
}: Named & { choices: Choice[]; inline?: true }) {
  const { typed } = useSentForm();
  const chosen = typed[name] ?? initial;
  return (
    <fieldset className={inline ? "flex flex-wrap gap-x-5" : "grid gap-1"} key={chosen}>
      <legend className="mb-1 text-s text-soft">{label}</legend>
      {choices.map(({ value, label }) => (
        <label key={value} className="flex min-h-8 items-baseline gap-2">
          <input type="radio" name={name} value={value} required defaultChecked={value === chosen} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function CheckField({ name, label }: { name: string; label: ReactNode }) {
  const { typed } = useSentForm();
  return (
    <label className="flex min-h-8 items-baseline gap-2" key={typed[name]}>
      <input type="checkbox" name={name} value="yes" defaultChecked={typed[name] === "yes"} />
      <span>{label}</span>
    </label>
  );
}

/** `name` and `value` tell the action which of several buttons was pressed. */
export function Submit({
  children,
  primary,
  name,
  value,
  label,
}: {
  children: ReactNode;
  primary?: true;
  name?: string;
  value?: string;
  /** Where the button's own words, or a sign, do not say what it is about. */
  label?: string;
}) {
  const { pending } = useSentForm();
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-label={label}
      title={label}
      aria-disabled={pending}
      onClick={(event) => pending && event.preventDefault()}
      className={primary ? "button primary w-fit" : "button w-fit"}
    >
      {children}
    </button>
  );
}

function Labelled({
  id,
  label,
  hint,
  children,
}: {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid grid-cols-1 gap-1">
      <label htmlFor={id} className="text-s text-soft">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="max-w-[46em] text-s text-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
