"use client";

import Link from "next/link";
import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from "react";
import { Mark } from "./mark";
import type { Outcome } from "./outcome";
import { ToldOnce } from "./told-once";

type Act = (before: Outcome, form: FormData) => Promise<Outcome>;

const Panel = createContext<{ submit: (form: FormData) => void; outcome: Outcome; pending: boolean } | null>(
  null,
);

/**
 * All forms of a page with one answer, above them: it stays when the form that asked for it is gone. Without
 * JavaScript the page comes back with the answer in it.
 */
export function ActionPanel({
  action,
  className,
  children,
}: {
  action: Act;
  /** Of the answer's place, where the forms stand at different depths. */
  className?: string;
  children: ReactNode;
}) {
  const [outcome, submit, pending] = useActionState(action, null);
  return (
    <Panel value={{ submit, outcome, pending }}>
      {outcome && (
        <div className={className}>
          <Answer outcome={outcome} />
        </div>
      )}
      {children}
    </Panel>
  );
}

function Answer({ outcome }: { outcome: NonNullable<Outcome> }) {
  const answer = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is brought into sight once.
  useEffect(() => answer.current?.focus(), [outcome]);
  return (
    <div
      ref={answer}
      tabIndex={-1}
      role={outcome.isDone ? "status" : "alert"}
      className={`mb-3 scroll-mt-4 rounded-md border p-3 ${outcome.isDone ? "border-accent bg-accent-wash" : "border-danger bg-danger-wash"}`}
    >
      <p className="font-semibold">{outcome.text}</p>
      {outcome.items && (
        <ul className="mt-1 grid gap-0.5">
          {outcome.items.map((item) => (
            <li key={item.key}>
              <Mark shape={item.isDone ? "full" : "wedge"} tone={item.isDone ? "plain" : "danger"}>
                <span className="whitespace-normal">
                  <span className="zg-code">{item.key}</span> {item.text}
                </span>
              </Mark>
            </li>
          ))}
        </ul>
      )}
      {outcome.once && <ToldOnce {...outcome.once} />}
      {outcome.next && (
        <p className="mt-1">
          <Link href={outcome.next.href} prefetch={false}>
            {outcome.next.label}
          </Link>
        </p>
      )}
    </div>
  );
}

const Sent = createContext<{ typed: Record<string, string>; pending: boolean }>({
  typed: {},
  pending: false,
});

/** One form of the panel. `form` is the word by which the action knows it; `fields` go along unseen. */
export function ActionForm({
  form,
  fields = {},
  className,
  children,
}: {
  form: string;
  fields?: Record<string, string>;
  className?: string;
  children: ReactNode;
}) {
  const panel = useContext(Panel);
  const mine = panel?.outcome?.form === form ? panel.outcome : null;
  return (
    <form action={panel?.submit} className={className ?? "grid grid-cols-1 gap-3"}>
      {Object.entries({ form, ...fields }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Sent value={{ typed: mine && !mine.isDone ? mine.typed : {}, pending: panel?.pending ?? false }}>
        {children}
      </Sent>
    </form>
  );
}

/** What was typed into this form before it was refused, and whether it is on its way. */
export function useSentForm() {
  return useContext(Sent);
}
