"use client";

import { createContext, type ReactNode, useActionState, useContext } from "react";
import type { Recipient } from "@/lib/orders/recipient";
import { type RevealedRecipients, revealRecipients } from "./reveal-recipients";

const Revealed = createContext<RevealedRecipients>({});

type Props = {
  form: string;
  orderNos: string[];
  words: { reveal: string; hint: string } | null;
  tools: ReactNode;
  children: ReactNode;
};

/** All sheets of a page, and the button that shows their recipients in full; `words` is null for who may not. */
export function Recipients({ form, orderNos, words, tools, children }: Props) {
  const [revealed, ask, pending] = useActionState(revealRecipients, {});
  const isRevealed = Object.keys(revealed).length > 0;
  return (
    <Revealed value={revealed}>
      <div className="mb-4 flex flex-wrap items-center gap-3 print:hidden">
        {tools}
        {words && !isRevealed && (
          <form action={ask} className="flex flex-wrap items-center gap-3">
            <input type="hidden" name="form" value={form} />
            {orderNos.map((orderNo) => (
              <input key={orderNo} type="hidden" name="order" value={orderNo} />
            ))}
            <button type="submit" className="button" aria-disabled={pending}>
              {words.reveal}
            </button>
            <span className="text-s text-soft">{words.hint}</span>
          </form>
        )}
      </div>
      {children}
    </Revealed>
  );
}

/** Masked until somebody with the right asks. */
export function PrintedRecipient({ orderNo, masked }: { orderNo: string; masked: Recipient }) {
  const { name, phone, province, city, district, address } = useContext(Revealed)[orderNo] ?? masked;
  return (
    <address className="not-italic">
      <strong>{name}</strong> <span className="zg-number">{phone}</span>
      <br />
      {province}
      {city}
      {district} {address}
    </address>
  );
}
