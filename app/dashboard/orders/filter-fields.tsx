import type { ReactNode } from "react";

type Choice = { value: string; label: string };

/** One of several, or all: a field of a GET form. */
export function SelectFilter({
  name,
  label,
  value,
  all,
  choices,
}: {
  name: string;
  label: string;
  value: string | null;
  all?: string;
  choices: Choice[];
}) {
  return (
    <Labelled name={name} label={label}>
      <select id={`filter-${name}`} name={name} defaultValue={value ?? ""} className="field w-full">
        {all !== undefined && <option value="">{all}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function TextFilter({
  name,
  label,
  value,
  ...rest
}: {
  name: string;
  label: string;
  value: string | null;
  type?: "text" | "date";
  inputMode?: "decimal";
  list?: string;
  placeholder?: string;
}) {
  return (
    <Labelled name={name} label={label}>
      <input
        {...rest}
        id={`filter-${name}`}
        name={name}
        defaultValue={value ?? ""}
        maxLength={64}
        autoComplete="off"
        className="field w-full"
      />
    </Labelled>
  );
}

function Labelled({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-0.5">
      <label htmlFor={`filter-${name}`} className="text-s text-soft">
        {label}
      </label>
      {children}
    </div>
  );
}
