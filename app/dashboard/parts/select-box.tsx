"use client";

import { useSentForm } from "./action-panel";
import { tickOf } from "./outcome";

/** Ticks one row for what is done with several; a selection that was refused as a whole is still ticked. */
export function SelectBox({ name, value, label }: { name: string; value: string; label: string }) {
  const { typed } = useSentForm();
  const isTicked = typed[tickOf(value)] !== undefined;
  return (
    <input
      key={String(isTicked)}
      type="checkbox"
      name={name}
      value={value}
      defaultChecked={isTicked}
      aria-label={label}
      className="size-6 shrink-0 self-start"
    />
  );
}
