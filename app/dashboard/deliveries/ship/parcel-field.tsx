"use client";

import type { KeyboardEvent } from "react";
import { useSentForm } from "../../parts/action-panel";
import type { Choice } from "../../parts/form-fields";

type Named = { name: string; label: string; shown: string };

/** A field in a row: its whole name, with the order, for who hears it; a short one for who sees the row. */
export function ParcelField({
  name,
  label,
  shown,
  className,
  maxLength,
}: Named & { className: string; maxLength: number }) {
  const { typed } = useSentForm();
  return (
    <label className="grid gap-0.5 text-s text-soft">
      <span aria-hidden="true">{shown}</span>
      <input
        name={name}
        aria-label={label}
        defaultValue={typed[name] ?? ""}
        autoComplete="off"
        spellCheck={false}
        maxLength={maxLength}
        onKeyDown={moveOn}
        className={`field text-ink text-m ${className}`}
      />
    </label>
  );
}

export function ParcelSelect({ name, label, shown, choices }: Named & { choices: Choice[] }) {
  const { typed } = useSentForm();
  const chosen = typed[name] ?? "";
  return (
    <label className="grid gap-0.5 text-s text-soft">
      <span aria-hidden="true">{shown}</span>
      <select
        name={name}
        aria-label={label}
        key={chosen}
        defaultValue={chosen}
        className="field text-ink text-m"
      >
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A scanner ends each number with Enter: that leads to the next row's same field, and never sends the form. */
function moveOn(event: KeyboardEvent<HTMLInputElement>) {
  const { form, name } = event.currentTarget;
  if (event.key !== "Enter" || event.nativeEvent.isComposing || !form) return;
  event.preventDefault();
  const [kind = ""] = name.split(":");
  const alike = [...form.querySelectorAll<HTMLInputElement>(`input[name^="${kind}:"]`)];
  const next = alike[alike.indexOf(event.currentTarget) + 1];
  (next ?? form.querySelector<HTMLButtonElement>("button.primary"))?.focus();
}
