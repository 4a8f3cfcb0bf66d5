"use client";

import { useActionState } from "react";
import type { RevealedMember } from "@/lib/members/reveal-member";
import { reveal } from "./reveal";

type Props = {
  memberId: number;
  masked: RevealedMember;
  /** How often each recipient was used, in the order of `masked.recipients`. */
  uses: string[];
  mayReveal: boolean;
  words: Record<"openids" | "noOpenid" | "recipients" | "noRecipient" | "reveal" | "hint", string>;
};

/** Masked until somebody with the right asks; that they asked is kept. */
export function RevealablePerson({ memberId, masked, uses, mayReveal, words }: Props) {
  const [answer, ask, pending] = useActionState(reveal, null);
  const revealed = answer !== null && "openids" in answer ? answer : null;
  const refusal = answer !== null && "refusal" in answer ? answer.refusal : null;
  const { openids, recipients } = revealed ?? masked;
  const hasAny = openids.length + recipients.length > 0;
  return (
    <div className="grid gap-3 px-4 py-3" aria-live="polite">
      <div>
        <h3 className="mb-1">{words.openids}</h3>
        {openids.length === 0 && <p className="text-soft">{words.noOpenid}</p>}
        <ul className="grid gap-1">
          {openids.map(({ appid, openid }) => (
            <li key={`${appid} ${openid}`}>
              <span className="zg-code break-all">{openid}</span>
              <div className="zg-code text-s text-soft">{appid}</div>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3 className="mb-1">{words.recipients}</h3>
        {recipients.length === 0 && <p className="text-soft">{words.noRecipient}</p>}
        <ul className="grid gap-2">
          {recipients.map(({ name, phone, province, city, district, address }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: masked, two of them may look the same.
            <li key={n}>
              <address className="not-italic">
                {name} <span className="zg-number">{phone}</span>
                <br />
                {province}
                {city}
                {district} {address}
              </address>
              <span className="text-s text-soft">{uses[n]}</span>
            </li>
          ))}
        </ul>
      </div>
      {hasAny && !revealed && (
        <form action={ask} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <input type="hidden" name="memberId" value={memberId} />
          {mayReveal && (
            <button type="submit" className="button" aria-disabled={pending}>
              {words.reveal}
            </button>
          )}
          <p className="text-s text-soft">{words.hint}</p>
          {refusal && (
            <p role="alert" className="text-danger">
              {refusal}
            </p>
          )}
        </form>
      )}
    </div>
  );
}
