/** WeChat's numbers and ours have 20 to 32 characters; a stranger's order numbers may be shorter. */
const shortest = 8;
const longest = 32; // WeChat's own limit, for all three.
const mostNumbers = 50;
const mostCharacters = 64 * 1024; // What a message can hold; the reader's own limit.

/**
 * What may be a transaction_id, out_trade_no or order number in a free text: `transaction_id=…`, `out_trade_no：…` or bare,
 * full-width digits too. Only a look-up tells whether it is one. At most fifty; D.5: "do not parse strictly".
 */
export function numbersIn(...texts: string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [token] of text
      .slice(0, mostCharacters)
      .normalize("NFKC")
      .matchAll(/[0-9A-Za-z]+/g)) {
      if (token.length < shortest || token.length > longest || !/\d/.test(token)) continue;
      found.add(token);
      if (found.size === mostNumbers) return [...found];
    }
  }
  return [...found];
}
