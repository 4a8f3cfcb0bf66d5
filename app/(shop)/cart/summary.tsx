"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { formatFen } from "@/app/ui/format-fen";
import type { ProductKind } from "@/lib/db/schema/catalog";
import { freeFromFen, freightOf } from "@/lib/orders/freight";
import amounts from "../amounts.module.css";
import cart from "./cart.module.css";
import styles from "./summary.module.css";

type Props = {
  /** What can be ordered; its checkboxes belong to the form `id`. */
  lines: { sku: string; kind: ProductKind; quantity: number; priceFen: number }[];
  id: string;
  locale: string;
  freight: { freightFlatFen: number; freightFreeFromFen: number };
  most: number;
  words: Record<
    | ProductKind
    | "title"
    | "freight"
    | "free"
    | "total"
    | "hint"
    | "twoOrders"
    | "nothing"
    | "tooMany"
    | "withFreight"
    | "all"
    | "submit",
    string
  >;
};

/** What the chosen lines cost. Without a script it is what the lines cost that the page has ticked. */
export function Summary({ lines, id, locale, freight, most, words }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const all = useRef<HTMLInputElement>(null);
  const [left, setLeft] = useState<string[] | null>(null); // Not chosen; null until the script has looked.

  useEffect(() => {
    const look = () => setLeft(boxesOf(form.current).flatMap((box) => (box.checked ? [] : box.value)));
    const onChange = ({ target }: Event) => {
      if (target instanceof HTMLInputElement && target.form === form.current) look();
    };
    look(); // The browser may have kept the choice of before.
    document.addEventListener("change", onChange);
    return () => document.removeEventListener("change", onChange);
  }, []);

  // Without the script as many are chosen as the page has ticked, and the buyer can tick others.
  const chosen = left ? lines.filter(({ sku }) => !left.includes(sku)) : lines.slice(0, most);
  useEffect(() => {
    if (all.current) all.current.indeterminate = chosen.length > 0 && chosen.length < lines.length;
  });

  const sum = (kind: ProductKind) =>
    chosen.reduce((fen, line) => (line.kind === kind ? fen + line.priceFen * line.quantity : fen), 0);
  const [physicalFen, virtualFen] = [sum("physical"), sum("virtual")];
  const freightFen = physicalFen > 0 ? freightOf({ kind: "physical", goodsFen: physicalFen }, freight) : 0;
  const totalFen = physicalFen + freightFen + virtualFen;
  const pieces = chosen.reduce((count, { quantity }) => count + quantity, 0);
  const freeFrom = freeFromFen(freight);
  const money = (fen: number) => formatFen(fen, locale);

  return (
    <section className={styles.summary} aria-label={words.title}>
      <div className={styles.details}>
        <dl className={amounts.amounts}>
          {physicalFen > 0 && row(words.physical, money(physicalFen))}
          {physicalFen > 0 && row(words.freight, freightFen > 0 ? money(freightFen) : words.free)}
          {virtualFen > 0 && row(words.virtual, money(virtualFen))}
        </dl>
        {freightFen > 0 && freeFrom !== null && (
          <p className={styles.hint}>{words.hint.replace("{amount}", money(freeFrom - physicalFen))}</p>
        )}
        {physicalFen > 0 && virtualFen > 0 && <p className={styles.hint}>{words.twoOrders}</p>}
        {chosen.length === 0 && <p className={styles.hint}>{words.nothing}</p>}
        {chosen.length > most && <p className={cart.problem}>{words.tooMany}</p>}
      </div>
      <form ref={form} id={id} className={styles.bar} action="/checkout" method="get" onSubmit={goOn}>
        <input type="hidden" name="from" value="cart" />
        <label className={`shop-tick ${styles.all}`} hidden={left === null}>
          <input
            ref={all}
            type="checkbox"
            checked={lines.length > 0 && chosen.length === lines.length}
            disabled={lines.length === 0}
            onChange={(event) => chooseAll(event.currentTarget.checked)}
          />
          {words.all}
        </label>
        <output className={styles.total}>
          <span className={styles.sum}>
            {words.total} <strong className="zg-number">{money(totalFen)}</strong>
          </span>
          {freightFen > 0 && (
            <span className={cart.small}>{words.withFreight.replace("{amount}", money(freightFen))}</span>
          )}
        </output>
        <button
          type="submit"
          className={`weui-btn weui-btn_primary ${styles.submit}`}
          disabled={chosen.length === 0 || chosen.length > most}
        >
          {words.submit.replace("{count}", pieces.toLocaleString(locale))}
        </button>
      </form>
    </section>
  );

  function chooseAll(isChosen: boolean) {
    for (const box of boxesOf(form.current)) box.checked = isChosen;
    setLeft(isChosen ? [] : lines.map(({ sku }) => sku));
  }
}

const lookMs = 100;

/** A number that is just being changed is waited for, since the checkout reads it from the shop; refused, one stays here. */
function goOn(event: FormEvent<HTMLFormElement>): void {
  const isBusy = () => document.querySelector('form[aria-busy="true"]') !== null;
  if (!isBusy()) return;
  event.preventDefault();
  const form = event.currentTarget;
  const timer = setInterval(() => {
    if (isBusy()) return;
    clearInterval(timer);
    const wrong = document.querySelector<HTMLElement>("[aria-invalid]");
    if (wrong) wrong.focus();
    else form.requestSubmit();
  }, lookMs);
}

/** The checkboxes of the lines that can be chosen, wherever on the page they stand. */
function boxesOf(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.elements ?? [])].filter(
    (it): it is HTMLInputElement => it instanceof HTMLInputElement && it.name === "sku" && !it.disabled,
  );
}

function row(label: string, amount: string) {
  return (
    <div className={amounts.row}>
      <dt>{label}</dt>
      <dd className="zg-number">{amount}</dd>
    </div>
  );
}
