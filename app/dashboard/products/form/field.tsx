"use client";

import { createContext, type ReactNode, useContext, useId } from "react";
import type { FormState } from "./form-state";

type Told = Pick<FormState, "problems" | "notes">;

/** What is said beside each field: what is wrong with it, or what somebody else made of it. */
export const ToldAt = createContext<Told>({ problems: {}, notes: {} });

type Props = {
  /** The field's path, which is its name in the form. */
  path: string;
  label: ReactNode;
  /** Its label is read out and not shown: a row above has the same. */
  isQuiet?: boolean;
  hint?: ReactNode;
  children: (field: {
    id: string;
    name: string;
    "aria-describedby"?: string;
    "aria-invalid"?: true;
  }) => ReactNode;
};

/** A label, its field, and under it the hint, the problem and the note. */
export function Field({ path, label, isQuiet, hint, children }: Props) {
  const id = useId();
  const { problems, notes } = useContext(ToldAt);
  const problem = problems[path];
  const note = notes[path];
  const described = [problem && `${id}-problem`, note && `${id}-note`, hint && `${id}-hint`].filter(Boolean);
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={id} className={isQuiet ? "text-s text-soft @2xl:sr-only" : "text-s text-soft"}>
        {label}
      </label>
      {children({
        id,
        name: path,
        ...(described.length > 0 && { "aria-describedby": described.join(" ") }),
        ...(problem && { "aria-invalid": true }),
      })}
      <ToldTexts path={path} id={id} />
      {hint && (
        <p id={`${id}-hint`} className="max-w-[46em] text-s text-soft">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The same for what is no single field: a row, or all of them. */
export function ToldTexts({ path, id }: { path: string; id: string }) {
  const { problems, notes } = useContext(ToldAt);
  return (
    <>
      {problems[path] && (
        <p id={`${id}-problem`} className="text-danger text-s">
          {problems[path]}
        </p>
      )}
      {notes[path] && (
        <p
          id={`${id}-note`}
          className="rounded-sm bg-warn-wash px-2 py-0.5 text-s text-warn whitespace-pre-line"
        >
          {notes[path]}
        </p>
      )}
    </>
  );
}
