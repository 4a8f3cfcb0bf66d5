"use client";

import type { ReactNode } from "react";
import { useSentForm } from "../parts/action-panel";
import { TextField } from "../parts/form-fields";

/** The name, and the one that the answer before asked about: sent again, it is written over. */
export function ViewName({ label, hint }: { label: ReactNode; hint: ReactNode }) {
  const { typed } = useSentForm();
  return (
    <>
      <input type="hidden" name="over" value={typed.over ?? ""} key={typed.over} />
      <TextField
        name="name"
        label={label}
        hint={hint}
        required
        maxLength={60}
        autoComplete="off"
        className="w-full"
      />
    </>
  );
}
