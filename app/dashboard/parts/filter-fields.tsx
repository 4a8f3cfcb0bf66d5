import type { ReactNode } from "react";

/** The fields of a plain GET form: the filter is part of the address. Keyed by their value, so that a link changes them too. */
export function FilterSelect({
  name,
  label,
  value,
  all,
  choices,
}: {
  name: string;
  label: string;
  value: string | null;
  /** What no choice is called. */
  all: string;
  choices: { value: string; label: string }[];
}) {
  return (
    <Labelled label={label}>
      <select
        name={name}
        key={value}
        defaultValue={value ?? ""}
        className="field w-full text-ink text-m sm:w-auto sm:max-w-[15em]"
      >
        <option value="">{all}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function FilterDay({ name, label, value }: { name: string; label: string; value: string | null }) {
  return (
    <Labelled label={label}>
      <input
        type="date"
        name={name}
        key={value}
        defaultValue={value ?? ""}
        className="field w-full min-w-0 text-ink text-m sm:w-[10.5em]"
      />
    </Labelled>
  );
}

export function FilterSearch({ label, value, hint }: { label: string; value: string | null; hint: string }) {
  return (
    <Labelled label={label} className="col-span-2 min-w-[20em]">
      <input
        type="search"
        name="q"
        key={value}
        defaultValue={value ?? ""}
        placeholder={hint}
        maxLength={64}
        autoComplete="off"
        className="field zg-code w-full text-ink"
      />
    </Labelled>
  );
}

function Labelled({
  label,
  className = "min-w-0",
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what stands in it.
    <label className={`grid gap-0.5 text-s text-soft ${className}`}>
      {label}
      {children}
    </label>
  );
}
