import { namedValues, openidNames } from "./mask-body";

/** Ciphertexts that our own keys open: what they say of the payer would still be there. */
const sealedNames = "req_info|encrypt|ciphertext";

const mark = "erased";

/**
 * A message without its buyer: openids by their names, what can be decrypted, and what `withoutPerson` finds.
 * Numbers, amounts, times and the signature stay; the signature does not fit any more.
 */
export function scrubBody(body: Uint8Array, withoutPerson: (text: string) => string): Buffer {
  const text = new TextDecoder().decode(body);
  const cut = text.replace(
    namedValues(`${openidNames}|${sealedNames}`),
    (_, before: string) => before + mark,
  );
  return Buffer.from(withoutPerson(cut));
}
