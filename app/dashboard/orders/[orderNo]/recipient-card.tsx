"use client";

import { useActionState } from "react";
import type { Recipient } from "@/lib/orders/recipient";
import { reveal } from "./reveal";

type Props = {
  orderNo: string;
  masked: Recipient;
  mayReveal: boolean;
  words: { title: string; reveal: string; hint: string; failed: string };
};

/** The recipient, masked until somebody with the right asks; that they asked is kept. */
export function RecipientCard({ orderNo, masked, mayReveal, words }: Props) {
  // The number is a field and not bound to the action: Next 16.4 never ends the page of a bound one without JavaScript.
  const [revealed, ask, pending] = useActionState(reveal, "masked");
  const isRevealed = typeof revealed === "object";
  const { name, phone, province, city, district, address } = isRevealed ? revealed : masked;
  return (
    <>
      <h3 className="mb-1">{words.title}</h3>
      <address className="not-italic" aria-live="polite">
        {name} <span className="zg-number">{phone}</span>
        <br />
        {province}
        {city}
        {district} {address}
      </address>
      {!isRevealed && (
        <form action={ask} className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
          <input type="hidden" name="orderNo" value={orderNo} />
          {mayReveal && (
            <button type="submit" className="button" aria-disabled={pending}>
              {words.reveal}
            </button>
          )}
          <p className="text-s text-soft">{words.hint}</p>
          {revealed === "not_there" && (
            <p role="alert" className="text-danger">
              {words.failed}
            </p>
          )}
        </form>
      )}
    </>
  );
}
