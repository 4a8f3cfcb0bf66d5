"use client";

import {
  type FormEvent,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
import { useKeptForm } from "@/app/(shop)/use-kept-form";
import cart from "./cart.module.css";
import { changeQuantity } from "./change-quantity";
import { untouched } from "./deed-state";
import styles from "./quantity-form.module.css";

const settleMs = 500; // Several presses in a row are one change.

type Props = {
  sku: string;
  quantity: number;
  /** Pieces that can be had. */
  most: number;
  toldFen: number;
  words: { label: string; fewer: string; more: string; update: string; unreachable: string };
};

/** How many of a line. Each button stands for a number, not for "one more": a stale page changes nothing unseen. */
export function QuantityForm({ sku, quantity, most, toldFen, words }: Props) {
  const { state, pending, action, onSubmit } = useKeptForm(changeQuantity, untouched, words.unreachable, {
    mayOverlap: true,
  });
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef<string>(undefined);
  const [typed, setTyped] = useState<string | null>(null); // Until the shop has it.
  const shown = typed ?? state.typed ?? String(quantity);
  const now = /^\d{1,6}$/.test(shown) ? Number(shown) : quantity;
  const problem = `quantity-${sku}`;
  const isChanging = pending || (typed !== null && Number(typed) !== quantity && !state.message);

  const takeEarly = useEffectEvent(() => {
    const early = input.current?.value ?? shown;
    if (early === shown) return;
    setTyped(early); // Typed before the page's script had come; sent as the field is left.
    if (document.activeElement !== input.current) later();
  });
  useEffect(() => {
    takeEarly();
    return () => clearTimeout(timer.current);
  }, []);
  useEffect(() => {
    if (!pending && !state.message) setTyped((it) => (it === sent.current ? null : it));
  }, [pending, state]);

  function send() {
    clearTimeout(timer.current);
    if (Number(shown) !== quantity || state.message) form.current?.requestSubmit();
  }

  function note(event: FormEvent<HTMLFormElement>) {
    sent.current = shown;
    onSubmit(event);
  }

  function step(event: MouseEvent<HTMLButtonElement>) {
    event.preventDefault();
    if (event.currentTarget.getAttribute("aria-disabled") === "true") return;
    setTyped(event.currentTarget.value);
    later();
  }

  function later() {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => form.current?.requestSubmit(), settleMs);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    send();
  }

  return (
    <form
      ref={form}
      action={action}
      onSubmit={note}
      className={styles.quantity}
      noValidate
      aria-busy={isChanging}
    >
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="told" value={toldFen} />
      {/* First, so that it is what the Enter key means. */}
      <button type="submit" className={styles.update}>
        {words.update}
      </button>
      <div className={styles.stepper}>
        <button
          type="submit"
          name="to"
          value={Math.max(1, Math.min(now - 1, most))}
          aria-label={words.fewer}
          aria-disabled={now <= 1}
          onClick={step}
        >
          <span aria-hidden="true">−</span>
        </button>
        <input
          ref={input}
          name="quantity"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={shown}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={send}
          onKeyDown={onKeyDown}
          aria-label={words.label}
          aria-invalid={state.message ? true : undefined}
          aria-describedby={state.message ? problem : undefined}
        />
        <button
          type="submit"
          name="to"
          value={now + 1}
          aria-label={words.more}
          aria-disabled={now >= most}
          onClick={step}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
      {state.message && (
        <p id={problem} className={cart.problem} role="alert">
          {state.message}
        </p>
      )}
    </form>
  );
}
